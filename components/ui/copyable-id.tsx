"use client";

import { Check, Copy } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { shorten } from "#components/ui/shorten";
import { useCopied } from "#components/ui/use-copied";

type Props = {
  id: string;
  /** Where what it names is shown. */
  href?: string;
};

/** An id, short and monospaced, linked to what it names, copied whole at a click. */
export function CopyableId({ id, href }: Props) {
  const t = useTranslations("common.copy");
  const { isCopied, copy } = useCopied(id);

  const text = <span className="font-mono text-xs">{shorten(id)}</span>;
  return (
    <span className="relative z-1 inline-flex items-center gap-1 whitespace-nowrap" title={id}>
      {href ? (
        <Link href={href} className="text-link hover:underline">
          {text}
        </Link>
      ) : (
        text
      )}
      <button
        type="button"
        aria-label={isCopied ? t("done") : t("label", { id })}
        onClick={copy}
        className="grid size-6 cursor-pointer place-items-center rounded-sm text-muted hover:bg-default hover:text-foreground"
      >
        {isCopied ? <Check className="size-3" /> : <Copy className="size-3" />}
      </button>
    </span>
  );
}
