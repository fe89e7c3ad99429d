import { useFormatter, useTranslations } from "next-intl";
import { Sums } from "#components/invoices/sums";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import type { InvoicePage } from "#lib/billing/invoice-page";
import type { InvoiceLine } from "#lib/billing/invoice-parts";

/** What was billed, line by line, down to what is still open. */
export function InvoiceLines({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("tenant.invoicePage");
  return (
    <Card title={t("lines")} flush>
      <DataTable
        caption={t("lines")}
        columns={useColumns()}
        rows={invoice.lines}
        rowKey={({ id }) => id}
        empty={<p className="px-4 pb-4 text-muted">{t("noLines")}</p>}
      />
      <Sums invoice={invoice} />
    </Card>
  );
}

function useColumns(): Column<InvoiceLine>[] {
  const t = useTranslations("tenant.invoicePage");
  const format = useFormatter();
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  return [
    { header: t("description"), cell: ({ description }) => description },
    {
      header: t("period"),
      cell: ({ periodStart, periodEnd }) => (
        <span className="text-muted">{format.dateTimeRange(periodStart, periodEnd, day)}</span>
      ),
    },
    {
      header: t("quantity"),
      cell: ({ quantity }) => (quantity === null ? "–" : format.number(quantity)),
      align: "end",
    },
    { header: t("amount"), cell: ({ amount }) => <Amount of={amount} />, align: "end" },
  ];
}
