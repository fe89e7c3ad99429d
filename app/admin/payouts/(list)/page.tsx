import { ArrowDownToLine } from "lucide-react";
import type { Metadata } from "next";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { allPayoutColumns } from "#components/payouts/all-payout-columns";
import { PlatformBalanceCard } from "#components/payouts/platform-balance-card";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { currencies } from "#lib/money/currency";
import { getPlatformBalance } from "#lib/payouts/get-platform-balance";
import { allPayoutsQuery, listPayouts } from "#lib/payouts/list-payouts";
import type { PayoutStatus } from "#lib/payouts/payout";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Payouts" };

const statusWords = {
  pending: "Pending",
  in_transit: "In transit",
  paid: "Paid",
  failed: "Failed",
  canceled: "Canceled",
} as const satisfies Record<PayoutStatus, string>;

export default async function PayoutsPage(props: PageProps<"/admin/payouts">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "payouts:read")) {
    return <NoAccess title="Payouts" permission="payouts:read" />;
  }
  const query = readQuery(allPayoutsQuery, await props.searchParams);
  const [balance, { rows, next }] = await Promise.all([
    getPlatformBalance(ctx).catch(() => null),
    forPage(listPayouts(ctx, query), "/admin/payouts"),
  ]);
  const isFiltered = Object.keys(query).length > 0;
  return (
    <Page>
      <PageHeader
        title="Payouts"
        sentence="What goes to banks, ours and every company's, and whether its parts add up."
        actions={
          mayOnPlatform(ctx.platformRole, "money:update") && (
            <LinkButton size="sm" href="/admin/transfers/new?kind=payout">
              Pay ours out
            </LinkButton>
          )
        }
      />
      <PlatformBalanceCard balance={balance} />
      <Card flush>
        <FilterBar
          texts={[{ name: "tenant", label: "Company's name, slug or id, or “platform”" }]}
          choices={[
            {
              ...{ name: "status", label: "Status", any: "Any status" },
              options: Object.entries(statusWords).map(([value, label]) => ({ value, label })),
            },
            {
              ...{ name: "currency", label: "Currency", any: "Any currency" },
              options: Object.keys(currencies).map((value) => ({
                value,
                label: value.toUpperCase(),
              })),
            },
          ]}
          more={{ texts: [{ name: "source", label: "A charge, refund or dispute in it" }] }}
        />
        <DataTable
          caption="Payouts"
          columns={allPayoutColumns}
          rows={rows}
          rowKey={({ account, id }) => `${account} ${id}`}
          rowHref={({ id }) => `/admin/payouts/${id}`}
          next={next}
          empty={
            <EmptyState icon={<ArrowDownToLine />} title="No payouts">
              {isFiltered
                ? "None match these filters."
                : "The first leaves once a company's payments are available."}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
