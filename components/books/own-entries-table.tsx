import { useTranslations } from "next-intl";
import { ownEntryHref } from "#components/books/addresses";
import { Amount } from "#components/ui/amount";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { PostedEntry } from "#lib/ledger/read-entries";

/** Entries with what they moved, the latest by when they were so first. */
export function OwnEntriesTable({ slug, page }: { slug: string; page: Page<PostedEntry> }) {
  const t = useTranslations("books");
  const columns: Column<PostedEntry>[] = [
    {
      header: t("entries.entry"),
      cell: ({ reference }) => <span className="font-mono text-xs break-all">{reference}</span>,
    },
    {
      header: t("entries.kind"),
      cell: ({ kind }) => <span className="font-mono text-xs">{kind}</span>,
      hideOnPhone: true,
    },
    { header: t("entries.moves"), cell: ({ moves }) => <Moved moves={moves} />, align: "end" },
    {
      header: t("entries.when"),
      cell: ({ effectiveAt }) => <Moment at={effectiveAt} />,
      align: "end",
    },
  ];
  return (
    <DataTable
      caption={t("entries.caption")}
      columns={columns}
      rows={page.rows}
      rowKey={({ id }) => id.toString()}
      rowHref={({ id }) => ownEntryHref(slug, id)}
      next={page.next}
      empty={<p className="p-4 text-muted">{t("entries.none")}</p>}
    />
  );
}

const shown = 3;

function Moved({ moves }: Pick<PostedEntry, "moves">) {
  const t = useTranslations("books");
  const rest = moves.length - shown;
  return (
    <span className="inline-grid gap-0.5">
      {moves.slice(0, shown).map((move, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry's moves never change
        <span key={place}>
          <span className="text-muted">
            {t(`accounts.${move.from.code}.name`)} → {t(`accounts.${move.to.code}.name`)}
          </span>{" "}
          <Amount of={move} />
        </span>
      ))}
      {rest > 0 && <span className="text-xs text-muted">{t("entries.more", { count: rest })}</span>}
    </span>
  );
}
