import { NoAccess } from "#components/admin/no-access";
import { CouponForm } from "#components/plans/coupon-form";
import { Card } from "#components/ui/card";
import { Page, PageHeader } from "#components/ui/page-header";
import { isFree } from "#lib/catalog/plan";
import { listPlans } from "#lib/overview/list-plans";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "New coupon" };

export default async function NewCouponPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "coupons:update")) {
    return <NoAccess title="New coupon" permission="coupons:update" />;
  }
  const plans = await listPlans(ctx);
  const sold = plans.filter(({ versions }) =>
    versions.some((version) => version.publishedAt !== null && !isFree(version)),
  );
  return (
    <Page>
      <PageHeader
        title="New coupon"
        sentence="It is made at Stripe, and what it takes off never changes after."
      />
      <Card className="max-w-xl">
        <CouponForm plans={sold.map(({ key, name }) => ({ key, name }))} />
      </Card>
    </Page>
  );
}
