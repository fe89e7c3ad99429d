import type { Metadata } from "next";
import { Suspense } from "react";
import { forPage } from "#components/admin/list-query";
import { SubscriptionStatus } from "#components/admin/subscription-status";
import { TenantActivity } from "#components/admin/tenant-activity";
import { TenantCheckouts } from "#components/admin/tenant-checkouts";
import { TenantConnect, TenantRequirements } from "#components/admin/tenant-connect";
import { TenantHolds } from "#components/admin/tenant-holds";
import { TenantIds } from "#components/admin/tenant-ids";
import { TenantInvoices } from "#components/admin/tenant-invoices";
import { TenantMembers } from "#components/admin/tenant-members";
import { TenantPayouts } from "#components/admin/tenant-payouts";
import { TenantSubscription } from "#components/admin/tenant-subscription";
import { EntitlementCard } from "#components/entitlements/entitlement-card";
import { TenantMoney } from "#components/payments/tenant-money";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { StatsSkeleton, TableSkeleton } from "#components/ui/skeleton";
import { TenantUsage } from "#components/usage/tenant-usage";
import { getTenantEntitlements } from "#lib/entitlements/get-entitlements";
import { Refusal } from "#lib/errors";
import { getTenantBalance } from "#lib/overview/get-tenant-balance";
import { getTenantConnect } from "#lib/overview/get-tenant-connect";
import { getTenantPage, type TenantPage as TenantFacts } from "#lib/overview/get-tenant-page";
import { getTenantMoney } from "#lib/payments/get-tenant-money";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { getTenantUsage } from "#lib/usage/get-tenant-usage";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Tenant" };

export default async function TenantPage(props: PageProps<"/admin/tenants/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const tenant = await forPage(getTenantPage(ctx, id), "/admin/tenants");
  return (
    <Page>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {tenant.name}
            {tenant.subscription && <SubscriptionStatus of={tenant.subscription.status} />}
          </span>
        }
        sentence={
          <>
            {tenant.slug} · {tenant.country} · joined <Moment at={tenant.createdAt} as="date" />
          </>
        }
        actions={
          mayOnPlatform(ctx.platformRole, "audit:read") && (
            <LinkButton href={`/admin/audit?chain=${id}`} variant="secondary" size="sm">
              Audit log
            </LinkButton>
          )
        }
      />
      <Suspense fallback={<Reading />}>
        <Everything ctx={ctx} tenant={tenant} />
      </Suspense>
    </Page>
  );
}

type EverythingProps = { ctx: PlatformContext; tenant: TenantFacts };

/** What is read of Stripe and counted up, after it is known that there is such a tenant. */
async function Everything({ ctx, tenant }: EverythingProps) {
  const { id } = tenant;
  const asked = getTenantMoney(ctx, { tenantId: id, accountId: tenant.stripeAccountId });
  const money = await asked.catch(orNothing);
  const entitlements = await getTenantEntitlements(ctx, id);
  const usage = await getTenantUsage(ctx, id);
  const connect = await getTenantConnect(ctx, id);
  const balance = connect && (await getTenantBalance(ctx, id).catch(orNothing));
  const mayHold = mayOnPlatform(ctx.platformRole, "connect:hold");
  return (
    <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid grid-cols-1 gap-3">
        <TenantInvoices invoices={tenant.invoices} />
        <TenantUsage
          tenantId={id}
          meters={usage.meters}
          mayLook={mayOnPlatform(ctx.platformRole, "rater:read")}
        />
        <EntitlementCard entitlements={entitlements} slug={null} title="What it may use" />
        {connect && <TenantPayouts payouts={connect.payouts} />}
        <TenantMembers members={tenant.members} />
        {tenant.checkouts.length > 0 && <TenantCheckouts checkouts={tenant.checkouts} />}
      </div>
      <div className="grid grid-cols-1 gap-3">
        <TenantConnect
          tenantId={id}
          name={tenant.name}
          connect={connect}
          balance={balance}
          mayHold={mayHold}
        />
        {connect && <TenantHolds holds={connect.holds} mayHold={mayHold} />}
        <TenantSubscription subscription={tenant.subscription} leaving={tenant.leaving} />
        <TenantMoney
          tenantId={id}
          money={money}
          mayChange={mayOnPlatform(ctx.platformRole, "money:update")}
        />
        {connect && <TenantRequirements connect={connect} />}
        <TenantIds tenant={tenant} />
        <TenantActivity timeline={tenant.timeline} steps={connect?.timeline ?? []} />
      </div>
    </div>
  );
}

function Reading() {
  return (
    <div role="status" aria-label="Loading the tenant" className="grid gap-3">
      <StatsSkeleton count={3} />
      <TableSkeleton />
    </div>
  );
}

/** The rest of the page stands without Stripe. */
function orNothing(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
