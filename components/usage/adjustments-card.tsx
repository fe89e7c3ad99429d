import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { sayQuantity } from "#components/usage/quantity";
import type { AdjustmentRow } from "#lib/usage/list-adjustments";

type Props = { slug: string; rows: readonly AdjustmentRow[]; mayRead: boolean };
const tones = { posted: "good", waiting: "waiting", waived: "quiet", stuck: "waiting" } as const;

/** What invoices have beside the usage itself: minimums, caps, and usage that came late. */
export function AdjustmentsCard({ slug, rows, mayRead }: Props) {
  const t = useTranslations("usage.adjustments");
  const locale = useLocale();
  const columns: Column<AdjustmentRow>[] = [
    { header: t("why"), cell: ({ why }) => t(`reasons.${why}`) },
    {
      header: t("period"),
      cell: ({ from, to }) => (
        <>
          <Moment at={from} as="date" /> – <Moment at={to} as="date" />
        </>
      ),
    },
    {
      ...{ header: t("counted"), align: "end", hideOnPhone: true },
      cell: ({ counted }) => (
        <span className="tabular-nums">{sayQuantity(counted, null, locale)}</span>
      ),
    },
    { header: t("amount"), align: "end", cell: ({ amount }) => <Amount of={amount} /> },
    {
      header: t("state"),
      cell: ({ state }) => (
        <Status of={state} tone={tones[state]}>
          {t(`states.${state}`)}
        </Status>
      ),
    },
  ];
  if (mayRead) {
    columns.push({
      header: t("invoice"),
      align: "end",
      cell: ({ invoiceId, invoiceNumber }) =>
        // What a change closed without an invoice goes by the change.
        invoiceId.startsWith("in_") ? (
          <LinkButton href={`/${slug}/invoices/${invoiceId}`} variant="ghost" size="sm">
            {invoiceNumber ?? t("draft")}
          </LinkButton>
        ) : (
          t("ofChange")
        ),
    });
  }
  return (
    <Card title={t("title")} note={t("note")} flush>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={null}
      />
    </Card>
  );
}
