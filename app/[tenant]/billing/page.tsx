import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ActivePlan } from "#components/billing/active-plan";
import { CheckoutWatch } from "#components/billing/checkout-watch";
import { ChoosePlan, type WantedPlan } from "#components/billing/choose-plan";
import { DueBanner } from "#components/billing/due-banner";
import { NextInvoice } from "#components/billing/next-invoice";
import { readBilling } from "#components/billing/read-billing";
import { UnfinishedCheckout } from "#components/billing/unfinished-checkout";
import { LatestInvoices } from "#components/tenant-overview/latest-invoices";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Page, PageHeader } from "#components/ui/page-header";
import type { BillingPage as Billing } from "#lib/billing/get-billing";
import { listInvoices } from "#lib/billing/list-invoices";
import type { SubscriptionView } from "#lib/billing/subscription";
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
  checkout: z.string().max(100).optional().catch(undefined),
});

export async function generateMetadata() {
  const t = await getTranslations("tenant.billing");
  return { title: t("title") };
}

export default async function BillingPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("tenant.billing");
  if (!mayInTenant(ctx.role, "billing:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="billing" permission="billing:read" />;
  }
  const { checkout, ...wanted } = query.parse(await searchParams);
  const billing = await readBilling(ctx);
  const { subscription, plan, checkoutUnderWay } = billing;
  const isBack = checkout !== undefined && checkout !== "canceled";
  const isWaiting = isBack && !subscription;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        sentence={subscription ? t("sentenceActive") : t("sentenceFree")}
      />
      {isBack && (
        <CheckoutWatch
          slug={slug}
          activePlan={subscription ? (plan?.name ?? t("unknownPlan")) : null}
        />
      )}
      {checkoutUnderWay && !isBack && !subscription && (
        <UnfinishedCheckout
          slug={slug}
          checkout={checkoutUnderWay}
          isJustBack={checkout === "canceled"}
        />
      )}
      {subscription ? (
        <Subscribed ctx={ctx} billing={billing} subscription={subscription} />
      ) : (
        !isWaiting && <ChoosePlan ctx={ctx} wanted={wantedOf(wanted, billing)} />
      )}
    </Page>
  );
}

type SubscribedProps = { ctx: TenantContext; billing: Billing; subscription: SubscriptionView };

async function Subscribed({ ctx, billing, subscription }: SubscribedProps) {
  const [invoices, members] = await Promise.all([listInvoices(ctx), listMembers(ctx)]);
  const { tenantSlug: slug } = ctx;
  const openInvoice = invoices.rows.find(({ status }) => status === "open");
  return (
    <>
      <DueBanner slug={slug} subscription={subscription} openInvoice={openInvoice} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <ActivePlan plan={billing.plan} subscription={subscription} people={members.length} />
        <div className="grid gap-5">
          <NextInvoice billing={billing} />
          <LatestInvoices slug={slug} invoices={invoices.rows.slice(0, 5)} hasPlan />
        </div>
      </div>
    </>
  );
}

/** What the address asks for; without it, the checkout that was left unfinished. */
function wantedOf(wanted: WantedPlan, { checkoutUnderWay: left }: Billing): WantedPlan {
  if (wanted.plan !== undefined || !left) return wanted;
  const { planKey: plan, interval, currency, seats } = left;
  return { plan, interval, currency, seats };
}
