"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useCopied } from "#components/ui/use-copied";
import type { Example } from "#lib/web/api-examples";

type Words = Record<"curl" | "typescript" | "language" | "copy" | "copied" | "example", string>;
type Language = keyof Example;
const languages: readonly Language[] = ["curl", "typescript"];

/** A call to copy, in the language one works in. Its words come along: it needs no catalogue. */
export function Snippet({ of, words }: { of: Example; words: Words }) {
  const [language, setLanguage] = useState<Language>("curl");
  const { isCopied, copy } = useCopied(of[language]);
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-border bg-surface">
      <div className="flex items-center gap-1 border-b border-separator px-1.5 py-1">
        <fieldset aria-label={words.language} className="flex gap-1">
          {languages.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === language}
              onClick={() => setLanguage(one)}
              className="h-7 cursor-pointer rounded-sm px-2 text-xs text-muted hover:text-foreground aria-pressed:bg-default aria-pressed:font-medium aria-pressed:text-foreground pointer-coarse:h-9"
            >
              {words[one]}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          aria-label={`${isCopied ? words.copied : words.copy}: ${words.example}`}
          onClick={copy}
          className="ms-auto grid size-7 cursor-pointer place-items-center rounded-sm text-muted hover:text-foreground pointer-coarse:size-9"
        >
          {isCopied ? (
            <Check aria-hidden className="size-3.5" />
          ) : (
            <Copy aria-hidden className="size-3.5" />
          )}
        </button>
      </div>
      <section
        aria-label={words.example}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto -outline-offset-2"
      >
        <pre className="w-max min-w-full p-3 font-mono text-xs leading-5">{of[language]}</pre>
      </section>
    </div>
  );
}
