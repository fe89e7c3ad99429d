import { useTranslations } from "next-intl";
import { InvoiceStatus } from "#components/billing/invoice-status";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { InvoiceSummary } from "#lib/billing/invoice";

type Props = { slug: string; invoices: readonly InvoiceSummary[]; hasPlan: boolean };

export function LatestInvoices({ slug, invoices, hasPlan }: Props) {
  const t = useTranslations("tenant.overview.invoices");
  const choose = <LinkButton href={`/${slug}/billing`}>{t("choose")}</LinkButton>;
  return (
    <Card
      title={t("title")}
      flush
      action={invoices.length > 0 && <TextLink href={`/${slug}/invoices`}>{t("all")}</TextLink>}
    >
      <DataTable
        caption={t("title")}
        columns={useColumns()}
        rows={invoices}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/${slug}/invoices/${id}`}
        empty={
          <EmptyState title={t("emptyTitle")} action={!hasPlan && choose}>
            {t("empty")}
          </EmptyState>
        }
      />
    </Card>
  );
}

function useColumns(): Column<InvoiceSummary>[] {
  const t = useTranslations("tenant.invoices");
  return [
    { header: t("number"), cell: ({ number }) => number ?? t("draftNumber") },
    { header: t("status"), cell: ({ status }) => <InvoiceStatus of={status} /> },
    { header: t("issued"), cell: ({ createdAt }) => <Moment at={createdAt} as="date" /> },
    { header: t("total"), cell: ({ total }) => <Amount of={total} />, align: "end" },
  ];
}
