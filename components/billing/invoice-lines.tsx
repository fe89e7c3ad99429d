import { useFormatter, useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import type { InvoiceLine, InvoicePage } from "#lib/billing/invoice-page";

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
      <Totals invoice={invoice} />
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

function Totals({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("tenant.invoicePage");
  const { total, amountPaid, status } = invoice;
  const open = { ...total, minor: total.minor - amountPaid.minor };
  return (
    <dl className="ms-auto grid w-full max-w-xs gap-1.5 border-t border-separator px-4 py-3 sm:border-t-0">
      <div className="flex justify-between gap-4 font-semibold">
        <dt>{t("total")}</dt>
        <dd>
          <Amount of={total} />
        </dd>
      </div>
      {amountPaid.minor !== 0n && (
        <div className="flex justify-between gap-4 text-muted">
          <dt>{t("paid")}</dt>
          <dd>
            <Amount of={amountPaid} />
          </dd>
        </div>
      )}
      {status === "open" && (
        <div className="flex justify-between gap-4">
          <dt>{t("remaining")}</dt>
          <dd>
            <Amount of={open} />
          </dd>
        </div>
      )}
    </dl>
  );
}
