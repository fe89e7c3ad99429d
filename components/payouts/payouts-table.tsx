import { ArrowDownToLine } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { PayoutStatus } from "#components/payouts/payout-status";
import { Amount, formatAmount } from "#components/ui/amount";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { ListedPayout } from "#lib/payouts/list-payouts";

type Props = { page: Page<ListedPayout>; slug: string; isOfSource: boolean };

/** A workspace's payouts, each leading to what is in it. */
export function PayoutsTable({ page, slug, isOfSource }: Props) {
  const t = useTranslations("payouts.list");
  const columns: Column<ListedPayout>[] = [
    { header: t("amount"), cell: ({ amount }) => <Amount of={amount} /> },
    { header: t("status"), cell: ({ status }) => <PayoutStatus of={status} /> },
    { header: t("kind"), cell: (payout) => <PayoutKind of={payout} />, hideOnPhone: true },
    { header: t("made"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      header: t("arrives"),
      cell: ({ arrivesAt }) => (arrivesAt ? <Moment at={arrivesAt} as="date" /> : "–"),
    },
    { header: t("adds"), cell: (payout) => <AddsUp of={payout} />, align: "end" },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={page.rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/${slug}/payouts/${id}`}
      next={page.next}
      empty={
        <EmptyState icon={<ArrowDownToLine />} title={t("emptyTitle")}>
          {isOfSource ? t("emptySource") : t("empty")}
        </EmptyState>
      }
    />
  );
}

type Kinded = Pick<ListedPayout, "isAutomatic" | "method" | "reversesId">;

/** How a payout came about. */
export function PayoutKind({ of }: { of: Kinded }) {
  const t = useTranslations("payouts.list");
  if (of.reversesId) return t("reversal");
  if (of.isAutomatic) return t("automatic");
  return of.method === "instant" ? t("instant") : t("manual");
}

function AddsUp({ of }: { of: ListedPayout }) {
  const t = useTranslations("payouts.list");
  const locale = useLocale();
  if (of.missingMinor === null) return "–";
  if (of.missingMinor === 0n) return t("addsUp");
  const amount = formatAmount({ ...of.amount, minor: of.missingMinor }, locale);
  return t("missing", { amount });
}
