import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { InvoiceStatus } from "#components/billing/invoice-status";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { InvoiceSummary, InvoiceStatus as Word } from "#lib/billing/invoice";
import type { Page } from "#lib/keyset";

type Props = {
  slug: string;
  page: Page<InvoiceSummary>;
  status: Word | undefined;
  hasPlan: boolean;
  /** Filters beside the status are set. */
  isNarrowed: boolean;
};

/** Every invoice, the newest first. */
export function InvoiceTable({ slug, page, status, hasPlan, isNarrowed }: Props) {
  const { rows, next } = page;
  const t = useTranslations("tenant.invoices");
  return (
    <Card flush>
      <DataTable
        caption={t("caption")}
        columns={useColumns()}
        rows={rows}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/${slug}/invoices/${id}`}
        next={next}
        empty={
          isNarrowed || status ? (
            <NoneOf slug={slug} status={isNarrowed ? undefined : status} />
          ) : (
            <None {...{ slug, hasPlan }} />
          )
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
    {
      header: t("due"),
      cell: ({ dueAt }) => (dueAt ? <Moment at={dueAt} as="date" /> : t("none")),
      hideOnPhone: true,
    },
    {
      header: t("paid"),
      cell: ({ paidAt }) => (paidAt ? <Moment at={paidAt} as="date" /> : t("none")),
    },
    {
      header: t("amountDue"),
      cell: ({ status, total, amountPaid }) =>
        status === "open" ? (
          <Amount of={{ ...total, minor: total.minor - amountPaid.minor }} />
        ) : (
          t("none")
        ),
      align: "end",
      hideOnPhone: true,
    },
    { header: t("total"), cell: ({ total }) => <Amount of={total} />, align: "end" },
  ];
}

function None({ slug, hasPlan }: Pick<Props, "slug" | "hasPlan">) {
  const t = useTranslations("tenant.invoices");
  const choose = <LinkButton href={`/${slug}/billing`}>{t("emptyAction")}</LinkButton>;
  return (
    <EmptyState icon={<FileText />} title={t("emptyTitle")} action={!hasPlan && choose}>
      {t("empty")}
    </EmptyState>
  );
}

function NoneOf({ slug, status }: { slug: string; status: Word | undefined }) {
  const t = useTranslations("tenant");
  const n = useTranslations("payments.list");
  return (
    <EmptyState
      icon={<FileText />}
      title={
        status ? t("invoices.filteredTitle", { status: t(`invoice.${status}`) }) : n("noneTitle")
      }
      action={
        <LinkButton href={`/${slug}/invoices`} variant="secondary">
          {t("invoices.showAll")}
        </LinkButton>
      }
    >
      {status ? t("invoices.filtered") : n("none")}
    </EmptyState>
  );
}
