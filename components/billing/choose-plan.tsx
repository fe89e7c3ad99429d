import { CircleDollarSign } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { PlanPicker } from "#components/billing/plan-picker";
import { Messages } from "#components/messages";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import type { AddOnChoice } from "#lib/billing/add-on";
import { listPublicAddOns, listPublicPlans } from "#lib/catalog/list-public-plans";
import { currenciesOf, type Interval, isFree } from "#lib/catalog/plan";
import type { TenantContext } from "#lib/tenancy/context";
import { listMembers } from "#lib/tenancy/list-members";

/** What someone asked for before they came here. Each part may be missing or not on offer. */
export type WantedPlan = {
  plan?: string | undefined;
  interval?: Interval | undefined;
  currency?: string | undefined;
  seats?: number | undefined;
  addOns?: AddOnChoice[] | undefined;
};

type Props = { ctx: TenantContext; wanted: WantedPlan; hadPlan: boolean };

/** The plans on offer, with what was asked for chosen already. */
export async function ChoosePlan({ ctx, wanted, hadPlan }: Props) {
  const [offered, addOns, members] = await Promise.all([
    listPublicPlans(ctx),
    listPublicAddOns(ctx),
    listMembers(ctx),
  ]);
  // A trial is for who never had a plan.
  const plans = offered.map((plan) => (hadPlan ? { ...plan, trialDays: 0 } : plan));
  const paid = plans.filter((plan) => !isFree(plan));
  const first = paid.find(({ key }) => key === wanted.plan) ?? paid[0];
  if (!first) return <NoPlans />;

  const currencies = currenciesOf(paid);
  const initial = {
    plan: first.key,
    interval: wanted.interval ?? "month",
    currency: currencies.find((code) => code === wanted.currency) ?? currencies[0] ?? "usd",
    seats: wanted.seats ?? members.length,
    addOns: wanted.addOns ?? [],
  };
  return (
    <Messages areas={["common", "tenant", "marketing"]}>
      <PlanPicker
        slug={ctx.tenantSlug}
        plans={plans}
        addOns={addOns}
        currencies={currencies}
        initial={initial}
        people={members.length}
      />
    </Messages>
  );
}

async function NoPlans() {
  const t = await getTranslations("tenant.billing.noPlans");
  return (
    <Card>
      <EmptyState icon={<CircleDollarSign />} title={t("title")}>
        {t("body")}
      </EmptyState>
    </Card>
  );
}
