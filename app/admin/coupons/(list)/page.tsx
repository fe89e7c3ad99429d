import { TicketPercent } from "lucide-react";
import { WholeList } from "#components/admin/whole-list";
import { couponColumns } from "#components/plans/coupon-columns";
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
    <>
      {coupons.some(({ status }) => status === "making") && <RefreshEvery seconds={2} />}
      <WholeList
        title="Coupons"
        sentence="What a coupon takes off never changes. People type its codes at checkout."
        create={mayUpdate && { label: "New coupon", href: "/admin/coupons/new" }}
        caption="Coupons"
        columns={couponColumns}
        rows={coupons}
        rowHref={({ id }) => `/admin/coupons/${id}`}
        empty={{
          icon: <TicketPercent />,
          title: "No coupons yet",
          body: `A coupon takes a percentage or an amount off the first invoice, off some months or
            off every invoice. Its codes are what people type.`,
        }}
      />
    </>
  );
}
