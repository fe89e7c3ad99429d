import { useFormatter, useTranslations } from "next-intl";
import { Sums } from "#components/invoices/sums";
import { useLineTaxWords } from "#components/invoices/tax-words";
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
        columns={useColumns(invoice.lines.some(({ taxes }) => taxes.length > 0))}
        rows={invoice.lines}
        rowKey={({ id }) => id}
        empty={<p className="px-4 pb-4 text-muted">{t("noLines")}</p>}
      />
      <Sums invoice={invoice} />
    </Card>
  );
}

function useColumns(isTaxed: boolean): Column<InvoiceLine>[] {
  const t = useTranslations("tenant.invoicePage");
  const format = useFormatter();
  const tax = useTaxColumn();
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
    ...(isTaxed ? [tax] : []),
    { header: t("amount"), cell: ({ amount }) => <Amount of={amount} />, align: "end" },
  ];
}

/** What tax each line bears, and by which rate or for which reason not. */
function useTaxColumn(): Column<InvoiceLine> {
  const t = useTranslations("payments.lineTax");
  const words = useLineTaxWords();
  return {
    header: t("header"),
    cell: ({ tax, taxes }) => (
      <span className="grid justify-items-end">
        <Amount of={tax} />
        <span className="text-xs text-muted">
          {[...new Set(taxes.map(words))].filter(Boolean).join(", ")}
        </span>
      </span>
    ),
    align: "end",
  };
}
