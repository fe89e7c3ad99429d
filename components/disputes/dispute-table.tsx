import { useTranslations } from "next-intl";
import { DisputeMark, useReason } from "#components/disputes/words";
import { Amount } from "#components/ui/amount";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { DisputeFacts } from "#lib/disputes/dispute";

type Props = {
  slug: string;
  rows: readonly DisputeFacts[];
  next: string | null;
  empty: React.ReactNode;
};

/** Disputes, each with its deadline in view. */
export function DisputeTable({ slug, rows, next, empty }: Props) {
  const t = useTranslations("disputes");
  const reasonOf = useReason();
  const columns: Column<DisputeFacts>[] = [
    { header: t("columns.amount"), cell: ({ amount }) => <Amount of={amount} /> },
    { header: t("columns.status"), cell: ({ status }) => <DisputeMark status={status} /> },
    { header: t("columns.reason"), cell: ({ reason }) => reasonOf(reason).name },
    {
      header: t("columns.dueAt"),
      cell: ({ dueAt }) => (dueAt ? <Moment at={dueAt} /> : "—"),
    },
    { header: t("columns.opened"), cell: ({ openedAt }) => <Moment at={openedAt} as="date" /> },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/${slug}/disputes/${id}`}
      next={next}
      empty={empty}
    />
  );
}
