import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { type AddOnOption, sellable } from "#components/billing/add-on-option";
import { addOnsFromSearch } from "#components/billing/add-on-search";
import { readBilling } from "#components/billing/read-billing";
import { ChangePage } from "#components/changes/change-page";
import { ChangePicker, type ChangeWish } from "#components/changes/change-picker";
import { DrawingUp } from "#components/changes/drawing-up";
import { PlanChange } from "#components/changes/plan-change";
import { Card } from "#components/ui/card";
import type { OwnedAddOn } from "#lib/billing/read-add-ons";
import { listPublicAddOns, listPublicPlans } from "#lib/catalog/list-public-plans";
import { isFree, type PublicPlan } from "#lib/catalog/plan";
import { isCurrency } from "#lib/money/currency";
import { listMembers } from "#lib/tenancy/list-members";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const query = z.object({
  plan: z.string().max(50).optional().catch(undefined),
  interval: z.enum(["month", "year"]).optional().catch(undefined),
  seats: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
  addOns: z.string().max(1000).transform(addOnsFromSearch).optional().catch(undefined),
  code: z.string().trim().min(1).max(100).optional().catch(undefined),
  timing: z.enum(["policy", "period_end"]).default("policy").catch("policy"),
});

export async function generateMetadata() {
  const t = await getTranslations("changes.plan");
  return { title: t("title") };
}

export default async function ChangePlanPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.plan");
  const frame = { ctx, title: t("title"), sentence: t("sentence") };
  if (!mayInTenant(ctx.role, "billing:update")) return <ChangePage {...frame}>{null}</ChangePage>;

  const wanted = query.parse(await searchParams);
  const { subscription, plan, addOns: owned } = await readBilling(ctx);
  if (!subscription) redirect(`/${ctx.tenantSlug}/billing`);
  const [plans, onOffer, members] = await Promise.all([
    listPublicPlans(ctx),
    listPublicAddOns(ctx),
    listMembers(ctx),
  ]);
  const paid = plans.filter((one) => !isFree(one));
  const currency = isCurrency(subscription.currency) ? subscription.currency : "usd";
  const options = optionsOf(onOffer, owned);
  const wish: ChangeWish = {
    plan: paid.find(({ key }) => key === wanted.plan)?.key ?? plan?.key ?? "",
    interval: wanted.interval ?? subscription.interval,
    seats: wanted.seats ?? subscription.seats ?? members.length,
    addOns: wanted.addOns ?? owned.map((one) => ({ key: one.plan.key, quantity: one.quantity })),
    timing: wanted.timing,
    ...(wanted.code !== undefined && { code: wanted.code }),
  };
  const planName = paid.find(({ key }) => key === wish.plan)?.name ?? "";
  const asked = {
    ...wish,
    addOns: sellable(wish.addOns, options, { ...wish, planName, currency }, plan?.key),
  };
  const isAsked = wanted.plan !== undefined;
  return (
    <ChangePage {...frame}>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <ChangePicker
          plans={paid}
          addOns={options}
          currency={currency}
          initial={wish}
          current={plan?.key ?? ""}
          people={members.length}
        />
        <Card className="lg:sticky lg:top-16">
          {isAsked ? (
            <Suspense key={JSON.stringify(asked)} fallback={<DrawingUp />}>
              <PlanChange ctx={ctx} wish={asked} />
            </Suspense>
          ) : (
            <p className="text-muted">{t("choose")}</p>
          )}
        </Card>
      </div>
    </ChangePage>
  );
}

/** What is on offer, and what the workspace has: its own version counts for it. */
function optionsOf(onOffer: readonly PublicPlan[], owned: readonly OwnedAddOn[]): AddOnOption[] {
  const others = onOffer.filter(({ key }) => owned.every(({ plan }) => plan.key !== key));
  return [
    ...owned.map(({ plan, quantity }) => ({ plan, owned: quantity })),
    ...others.map((plan) => ({ plan, owned: 0 })),
  ];
}
