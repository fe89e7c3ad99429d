"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { PlanChoice } from "#components/billing/plan-picker";
import { PricedLines } from "#components/billing/priced-lines";
import { pricedTogether } from "#components/billing/priced-together";
import { useCheckout } from "#components/billing/use-checkout";
import { mostSeats } from "#components/pricing/plan-card";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ProblemAlert } from "#components/ui/form";
import { NumberField } from "#components/ui/number-field";
import type { PublicPlan } from "#lib/catalog/plan";
import { isOffered, priceOf } from "#lib/catalog/price-of";

type Props = {
  slug: string;
  plan: PublicPlan;
  /** All there are; the choice says which, and how many. */
  addOns: readonly PublicPlan[];
  choice: PlanChoice;
  people: number;
  onChange: (part: Partial<PlanChoice>) => void;
};

/** What was chosen, what it costs to the cent, and the one button that goes to Stripe's page. */
export function Order({ slug, plan, addOns, choice, people, onChange }: Props) {
  const t = useTranslations("tenant.billing.picker");
  const interval = useTranslations("tenant.interval");
  const { start, isPending, problem } = useCheckout(slug);
  const hasSeats = plan.components.some(({ kind }) => kind === "seat");
  const canBuy = isOffered(plan, choice);
  return (
    <Card
      title={t("order")}
      note={`${plan.name}, ${interval(choice.interval).toLowerCase()}`}
      className="lg:sticky lg:top-16"
    >
      <div className="grid gap-4">
        {hasSeats && (
          <NumberField
            name="seats"
            label={t("seats")}
            description={t("seatsHelp", { taken: people })}
            value={choice.seats}
            min={1}
            max={mostSeats}
            onChange={(seats) => Number.isInteger(seats) && onChange({ seats })}
          />
        )}
        {canBuy ? (
          <Cost plan={plan} addOns={addOns} choice={choice} />
        ) : (
          <NotOffered choice={choice} />
        )}
        <ProblemAlert problem={problem} />
        <Button
          size="lg"
          fullWidth
          isPending={isPending}
          isDisabled={!canBuy}
          onPress={() => void start(choice)}
        >
          {isPending ? t("opening") : t("subscribeTo", { plan: plan.name })}
        </Button>
        {plan.trialDays > 0 && !plan.trialNeedsCard && (
          <Button
            variant="secondary"
            fullWidth
            isDisabled={!canBuy || isPending}
            onPress={() => void start(choice, { card: "later" })}
          >
            {t("withoutCard")}
          </Button>
        )}
        <Button
          variant="ghost"
          fullWidth
          isDisabled={!canBuy || isPending}
          onPress={() => void start(choice, { page: "embedded" })}
        >
          {t("payHere")}
        </Button>
        <p className="text-xs text-muted">{t("pay")}</p>
      </div>
    </Card>
  );
}

function Cost({ plan, addOns, choice }: Pick<Props, "plan" | "addOns" | "choice">) {
  const t = useTranslations("tenant.billing.picker");
  const beside = choice.addOns.flatMap(({ key, quantity }) => {
    const addOn = addOns.find((one) => one.key === key);
    return addOn ? [{ plan: addOn, quantity }] : [];
  });
  const { components, priced } = pricedTogether([{ plan, quantity: 1 }, ...beside], choice);
  const hasUsage = components.some(({ kind }) => kind === "usage");
  const share = savingOf(plan, choice);
  const format = useFormatter();
  return (
    <div className="grid gap-2">
      <PricedLines
        plan={{ components }}
        priced={priced}
        totalLabel={plan.trialDays > 0 ? t("totalTrial") : t("total")}
      />
      <div className="grid gap-1 text-xs text-muted empty:hidden">
        {share !== undefined && (
          <p>{t("yearSaves", { share: format.number(share, { style: "percent" }) })}</p>
        )}
        {plan.trialDays > 0 && <p>{t("trial", { days: plan.trialDays })}</p>}
        {hasUsage && <p>{t("usageNote")}</p>}
      </div>
    </div>
  );
}

function NotOffered({ choice: { interval, currency } }: Pick<Props, "choice">) {
  const t = useTranslations("tenant");
  const values = {
    interval: t(`interval.${interval}`).toLowerCase(),
    currency: currency.toUpperCase(),
  };
  return <p className="text-muted">{t("billing.picker.notOffered", values)}</p>;
}

/** How much less a year costs paid at once than by the month; whole percents, never rounded up. */
function savingOf(plan: PublicPlan, choice: PlanChoice): number | undefined {
  const monthly = { ...choice, interval: "month" } as const;
  if (choice.interval !== "year" || !isOffered(plan, monthly)) return undefined;
  const byMonth = priceOf(plan, monthly).total.minor * 12n;
  const byYear = priceOf(plan, choice).total.minor;
  const percent = byMonth > 0n ? ((byMonth - byYear) * 100n) / byMonth : 0n;
  return percent > 0n ? Number(percent) / 100 : undefined;
}
