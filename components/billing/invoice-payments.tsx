import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InvoicePage, InvoicePaymentView } from "#lib/billing/invoice-page";

/** What was paid towards an invoice, and what Stripe will try next. */
export function InvoicePayments({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("tenant.invoicePage");
  const { payments, status, attemptCount, nextAttemptAt } = invoice;
  const isTrying = status === "open" && attemptCount > 0;
  return (
    <Card title={t("payments")} flush>
      <DataTable
        caption={t("payments")}
        columns={useColumns()}
        rows={payments}
        rowKey={({ id }) => id}
        empty={<p className="px-4 pb-4 text-muted">{t("noPayments")}</p>}
      />
      {isTrying && (
        <p className="border-t border-separator px-4 py-3 text-xs text-muted">
          {t("attempts", { count: attemptCount })}{" "}
          {nextAttemptAt && t("nextAttempt", { at: nextAttemptAt })}
        </p>
      )}
    </Card>
  );
}

function useColumns(): Column<InvoicePaymentView>[] {
  const t = useTranslations("tenant.invoicePage");
  return [
    { header: t("payment"), cell: ({ id }) => <CopyableId id={id} /> },
    {
      header: t("paymentStatus"),
      cell: ({ status }) => {
        const key = `paymentState.${status}` as "paymentState.paid";
        return <Status of={status}>{t.has(key) ? t(key) : status}</Status>;
      },
    },
    {
      header: t("paymentAt"),
      cell: ({ paidAt }) => (paidAt ? <Moment at={paidAt} as="date" /> : "–"),
    },
    { header: t("amount"), cell: ({ amount }) => <Amount of={amount} />, align: "end" },
  ];
}
