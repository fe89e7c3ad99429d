import { TicketPercent } from "lucide-react";
import { couponColumns } from "#components/plans/coupon-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { listCoupons } from "#lib/catalog/get-coupon";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Coupons" };

export default async function CouponsPage() {
  const ctx = await requireAdmin();
  const coupons = await listCoupons(ctx);
  const mayUpdate = mayOnPlatform(ctx.platformRole, "coupons:update");
  return (
    <Page>
      {coupons.some(({ status }) => status === "making") && <RefreshEvery seconds={2} />}
      <PageHeader
        title="Coupons"
        sentence="What a coupon takes off never changes. People type its codes at checkout."
        actions={
          mayUpdate && (
            <LinkButton href="/admin/coupons/new" size="sm">
              New coupon
            </LinkButton>
          )
        }
      />
      <Card flush>
        <DataTable
          caption="Coupons"
          columns={couponColumns}
          rows={coupons}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/coupons/${id}`}
          empty={<NoCoupons mayUpdate={mayUpdate} />}
        />
      </Card>
    </Page>
  );
}

function NoCoupons({ mayUpdate }: { mayUpdate: boolean }) {
  return (
    <EmptyState
      icon={<TicketPercent />}
      title="No coupons yet"
      action={mayUpdate && <LinkButton href="/admin/coupons/new">New coupon</LinkButton>}
    >
      A coupon takes a percentage or an amount off the first invoice, off some months or off every
      invoice. Its codes are what people type.
    </EmptyState>
  );
}
