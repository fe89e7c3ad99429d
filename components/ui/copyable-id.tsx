"use client";

import { Check, Copy } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
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

/** The prefix and both ends of a long id; a short one as it is. */
export function shorten(id: string): string {
  if (id.length <= 16) return id;
  const prefix = id.includes("_") ? id.slice(0, id.lastIndexOf("_") + 1) : "";
  const rest = id.slice(prefix.length);
  return `${prefix}${rest.slice(0, 4)}…${rest.slice(-4)}`;
}
