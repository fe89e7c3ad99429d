"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCopied } from "#components/ui/use-copied";

type Props = {
  label: string;
  text: string;
  /** Breaks long lines in place of scrolling sideways. */
  wraps?: boolean;
};

/** Code or JSON as it is, to read, scroll and copy whole. */
export function CodeBlock({ label, text, wraps = false }: Props) {
  const t = useTranslations("developers.code");
  const { isCopied, copy } = useCopied(text);
  const lines = wraps ? "whitespace-pre-wrap break-all" : "w-max min-w-full";
  return (
    <div className="relative rounded-sm border border-separator bg-background">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="max-h-[40rem] overflow-auto rounded-sm pe-10 -outline-offset-2"
      >
        <pre className={`p-3 font-mono text-xs leading-5 ${lines}`}>{text}</pre>
      </section>
      <button
        type="button"
        aria-label={`${isCopied ? t("copied") : t("copy")}: ${label}`}
        onClick={copy}
        className="absolute end-1.5 top-1.5 grid size-8 cursor-pointer place-items-center rounded-sm border border-separator bg-surface text-muted hover:text-foreground"
      >
        {isCopied ? (
          <Check aria-hidden className="size-3.5" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </button>
    </div>
  );
}
