"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/link-button";

/** Keyset pages: on to the older rows, back to the newest. The address keeps every filter. */
export function Pagination({ caption, next }: { caption: string; next: string | undefined }) {
  const t = useTranslations("common.table");
  const path = usePathname();
  const search = useSearchParams();
  const isFirst = !search.has("cursor");
  if (isFirst && !next) return null;

  const at = (cursor: string | undefined) => {
    const params = new URLSearchParams(search);
    params.delete("cursor");
    if (cursor) params.set("cursor", cursor);
    return params.size > 0 ? `${path}?${params}` : path;
  };
  const styles = buttonStyle("secondary", "sm");
  return (
    <nav aria-label={t("pages", { caption })} className="flex justify-end gap-2 px-4 py-3">
      {!isFirst && (
        <Link href={at(undefined)} className={styles}>
          {t("first")}
        </Link>
      )}
      {next && (
        <Link href={at(next)} className={styles}>
          {t("next")}
        </Link>
      )}
    </nav>
  );
}
