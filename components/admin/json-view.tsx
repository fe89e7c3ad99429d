"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "#components/ui/button";
import { useCopied } from "#components/ui/use-copied";

/** JSON as it is, to read, scroll and copy. */
export function JsonView({ label, text }: { label: string; text: string }) {
  const { isCopied, copy } = useCopied(text);
  return (
    <div className="relative">
      <div className="absolute end-4 top-2">
        <Button size="sm" variant="secondary" onPress={copy}>
          {isCopied ? (
            <Check aria-hidden className="size-3.5" />
          ) : (
            <Copy aria-hidden className="size-3.5" />
          )}
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="max-h-[32rem] overflow-auto rounded-b-lg border-t border-separator bg-background -outline-offset-2"
      >
        <pre className="w-max min-w-full p-4 font-mono text-xs leading-5">{text}</pre>
      </section>
    </div>
  );
}
