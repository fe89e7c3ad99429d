import { useTranslations } from "next-intl";
import { ownEntryHref } from "#components/books/addresses";
import { Amount } from "#components/ui/amount";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { AccountMove } from "#lib/ledger/list-moves";

/** The moves of an account, each leading to its entry. */
export function OwnMovesTable({ slug, page }: { slug: string; page: Page<AccountMove> }) {
  const t = useTranslations("books");
  const columns: Column<AccountMove>[] = [
    {
      header: t("account.entry"),
      cell: ({ reference }) => <span className="font-mono text-xs break-all">{reference}</span>,
    },
    {
      header: t("account.kind"),
      cell: ({ kind }) => <span className="font-mono text-xs">{kind}</span>,
      hideOnPhone: true,
    },
    { header: t("account.other"), cell: ({ other }) => t(`accounts.${other.code}.name`) },
    {
      header: t("account.when"),
      cell: ({ effectiveAt }) => <Moment at={effectiveAt} />,
      align: "end",
    },
    { header: t("account.amount"), cell: (move) => <Amount of={move} />, align: "end" },
  ];
  return (
    <DataTable
      caption={t("account.caption")}
      columns={columns}
      rows={page.rows}
      rowKey={({ entryId, position, minor }) => `${entryId}.${position}.${minor > 0n}`}
      rowHref={({ entryId }) => ownEntryHref(slug, entryId)}
      next={page.next}
      empty={<p className="p-4 text-muted">{t("account.none")}</p>}
    />
  );
}
