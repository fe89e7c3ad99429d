import { forPage } from "#components/admin/list-query";
import { CodeForm } from "#components/plans/code-form";
import { ArchiveCoupon, RetryCoupon } from "#components/plans/coupon-actions";
import { CouponState, codeColumns, codeSwitchColumn } from "#components/plans/coupon-columns";
import { sayDuration, sayOff, sayRedeemed } from "#components/plans/coupon-words";
import { Banner } from "#components/ui/banner";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import type { CouponView } from "#lib/catalog/coupon";
import { getCoupon } from "#lib/catalog/get-coupon";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Coupon" };

export default async function CouponPage(props: PageProps<"/admin/coupons/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const coupon = await forPage(getCoupon(ctx, { couponId: id }), "/admin/coupons");
  const { name, status, codes } = coupon;
  const mayUpdate = mayOnPlatform(ctx.platformRole, "coupons:update") && status !== "archived";
  const isBeingMade = status === "making" || codes.some((code) => !code.isMade && !code.error);
  return (
    <Page>
      {isBeingMade && status !== "archived" && <RefreshEvery seconds={2} />}
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {name} <CouponState of={coupon} />
          </span>
        }
        sentence={`${sayOff(coupon)}, ${sayDuration(coupon)}`}
        actions={
          <>
            <LinkButton href="/admin/coupons" variant="secondary" size="sm">
              All coupons
            </LinkButton>
            {mayUpdate && <ArchiveCoupon coupon={coupon} />}
          </>
        }
      />
      {status === "failed" && (
        <Banner
          kind="danger"
          title="Stripe did not take it."
          action={mayUpdate && <RetryCoupon id={id} label="Try again" />}
        >
          {coupon.error} Trying again makes nothing twice.
        </Banner>
      )}
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <About coupon={coupon} mayUpdate={mayUpdate} />
        <Card title="Codes" note="what people type" flush>
          <DataTable
            caption="Codes"
            columns={mayUpdate ? [...codeColumns, codeSwitchColumn] : codeColumns}
            rows={codes}
            rowKey={(code) => code.id}
            empty={<p className="px-4 pb-4 text-muted">No code yet, so nobody can use it.</p>}
          />
        </Card>
      </div>
      {mayUpdate && (
        <Card title="Another code">
          <CodeForm couponId={id} />
        </Card>
      )}
    </Page>
  );
}

function About({ coupon, mayUpdate }: { coupon: CouponView; mayUpdate: boolean }) {
  const { id, planKeys, redeemBy, countedAt, createdAt, status } = coupon;
  return (
    <Card title="Coupon">
      <Facts>
        <Fact label="Takes off">{sayOff(coupon)}</Fact>
        <Fact label="How long">{sayDuration(coupon)}</Fact>
        <Fact label="Plans">{planKeys.length > 0 ? planKeys.join(", ") : "every plan"}</Fact>
        <Fact label="Redeemed">{sayRedeemed(coupon)}</Fact>
        <Fact label="Counted at Stripe">
          {countedAt ? <Moment at={countedAt} /> : <span className="text-muted">not yet</span>}
        </Fact>
        <Fact label="Last day">
          {redeemBy ? <Moment at={redeemBy} as="date" /> : "without end"}
        </Fact>
        <Fact label="Made">
          <Moment at={createdAt} />
        </Fact>
        <Fact label="Id">
          <CopyableId id={id} />
        </Fact>
      </Facts>
      {mayUpdate && status === "active" && (
        <div className="pt-4">
          <RetryCoupon id={id} label="Count again" />
        </div>
      )}
    </Card>
  );
}
