import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { ActivePlan } from "#components/billing/active-plan";
import { addOnsFromSearch } from "#components/billing/add-on-search";
import { BankWait } from "#components/billing/bank-wait";
import { CheckoutWatch } from "#components/billing/checkout-watch";
import { ChoosePlan, type WantedPlan } from "#components/billing/choose-plan";
import { Discounts } from "#components/billing/discounts";
import { DueBanner } from "#components/billing/due-banner";
import { NextInvoice, NextInvoiceSkeleton } from "#components/billing/next-invoice";
import { readBilling } from "#components/billing/read-billing";
import { UnfinishedCheckout } from "#components/billing/unfinished-checkout";
import { ChangeBanners } from "#components/changes/change-banners";
import { ChangedBanner } from "#components/changes/changed-banner";
import { FormerPlan } from "#components/changes/former-plan";
import { ManagePlan } from "#components/changes/manage-plan";
import { EntitlementCard } from "#components/entitlements/entitlement-card";
import { Messages } from "#components/messages";
import { LatestInvoices } from "#components/tenant-overview/latest-invoices";
import { NoAccess } from "#components/tenant-settings/no-access";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { findNextTry } from "#lib/billing/find-next-try";
import type { BillingPage as Billing } from "#lib/billing/get-billing";
import { type ChangeState, getChangeState } from "#lib/billing/get-change-state";
import { listInvoices } from "#lib/billing/list-invoices";
import type { SubscriptionView } from "#lib/billing/subscription";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import type { TenantContext } from "#lib/tenancy/context";
import { listMembers } from "#lib/tenancy/list-members";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What sign-up, pricing and Stripe's way back may say. Nonsense is ignored, never an error. */
const query = z.object({
  plan: z.string().max(50).optional().catch(undefined),
  interval: z.enum(["month", "year"]).optional().catch(undefined),
  currency: z.string().max(3).optional().catch(undefined),
  seats: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
  addOns: z.string().max(1000).transform(addOnsFromSearch).optional().catch(undefined),
  checkout: z.string().max(100).optional().catch(undefined),
  /** The change that was just confirmed. */
  changed: z.string().max(100).optional().catch(undefined),
});

export async function generateMetadata() {
  const t = await getTranslations("tenant.billing");
  return { title: t("title") };
}

export default async function BillingPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("tenant.billing");
  const h = await getTranslations("changes.history");
  if (!mayInTenant(ctx.role, "billing:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="billing" permission="billing:read" />;
  }
  const { checkout, changed, ...wanted } = query.parse(await searchParams);
  const [billing, state] = await Promise.all([readBilling(ctx), getChangeState(ctx)]);
  const { subscription, plan, checkoutUnderWay } = billing;
  const isBack = checkout !== undefined && checkout !== "canceled";
  const isWaiting = isBack && !subscription;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        sentence={subscription ? t("sentenceActive") : t("sentenceFree")}
        actions={
          (subscription || state.former) && (
            <LinkButton size="sm" variant="ghost" href={`/${slug}/billing/history`}>
              {h("link")}
            </LinkButton>
          )
        }
      />
      {isBack && (
        <CheckoutWatch
          slug={slug}
          activePlan={subscription ? (plan?.name ?? t("unknownPlan")) : null}
        />
      )}
      <BankWait ctx={ctx} />
      {changed && <ChangedBanner ctx={ctx} id={changed} />}
      {checkoutUnderWay && !isBack && !subscription && (
        <UnfinishedCheckout
          slug={slug}
          checkout={checkoutUnderWay}
          isJustBack={checkout === "canceled"}
        />
      )}
      {subscription ? (
        <Subscribed ctx={ctx} billing={billing} state={state} subscription={subscription} />
      ) : (
        !isWaiting && <Free ctx={ctx} state={state} wanted={wantedOf(wanted, billing)} />
      )}
    </Page>
  );
}

type FreeProps = { ctx: TenantContext; state: ChangeState; wanted: WantedPlan };

/** Without a plan: the one of before, and all there are. */
function Free({ ctx, state: { former }, wanted }: FreeProps) {
  const { interval, currency, seats, plan, addOns } = former ?? {};
  const isOpen = wanted.plan === undefined && former !== null;
  return (
    <>
      {isOpen && <FormerPlan slug={ctx.tenantSlug} former={former} />}
      <ChoosePlan
        ctx={ctx}
        wanted={isOpen ? { plan, interval, currency, seats, addOns } : wanted}
        hadPlan={former !== null}
      />
    </>
  );
}

type SubscribedProps = {
  ctx: TenantContext;
  billing: Billing;
  state: ChangeState;
  subscription: SubscriptionView;
};

async function Subscribed({ ctx, billing, state, subscription }: SubscribedProps) {
  const [invoices, members, entitlements] = await Promise.all([
    listInvoices(ctx),
    listMembers(ctx),
    getEntitlements(ctx),
  ]);
  const { tenantSlug: slug } = ctx;
  const mayChange = mayInTenant(ctx.role, "billing:update");
  const t = await getTranslations("tenant.billing");
  const people = entitlements.seats?.taken ?? members.length;
  const openInvoice = invoices.rows.find(({ status }) => status === "open");
  return (
    <>
      <DueBanner
        slug={slug}
        subscription={subscription}
        openInvoice={openInvoice}
        nextTryAt={openInvoice ? await findNextTry(ctx, { invoiceId: openInvoice.id }) : null}
        estimate={billing.nextInvoiceEstimate}
      />
      <Messages areas={["common", "changes", "payments"]}>
        <ChangeBanners
          slug={slug}
          state={state}
          subscription={subscription}
          planName={billing.plan?.name ?? t("unknownPlan")}
          mayChange={mayChange}
        />
      </Messages>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid gap-5">
          <ActivePlan
            plan={billing.plan}
            addOns={billing.addOns}
            subscription={subscription}
            people={people}
          />
          {mayChange && <ManagePlan slug={slug} subscription={subscription} state={state} />}
        </div>
        <div className="grid gap-5">
          <Suspense fallback={<NextInvoiceSkeleton />}>
            <NextInvoice ctx={ctx} billing={billing} planned={state.planned} />
          </Suspense>
          <Suspense fallback={null}>
            <Discounts ctx={ctx} />
          </Suspense>
          <EntitlementCard entitlements={entitlements} slug={slug} kind="brief" />
          <LatestInvoices slug={slug} invoices={invoices.rows.slice(0, 5)} hasPlan />
        </div>
      </div>
    </>
  );
}

/** What the address asks for; without it, the checkout that was left unfinished. */
function wantedOf(wanted: WantedPlan, { checkoutUnderWay: left }: Billing): WantedPlan {
  if (wanted.plan !== undefined || !left) return wanted;
  const { planKey: plan, interval, currency, seats, addOns } = left;
  return { plan, interval, currency, seats, addOns };
}
