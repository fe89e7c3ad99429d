"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { HowToPay } from "#components/catalog/how-to-pay";
import { AddOnCards } from "#components/pricing/add-on-cards";
import { mostSeats, PlanCard, type PlanChoice } from "#components/pricing/plan-card";
import { NumberField } from "#components/ui/number-field";
import { isFree, type PublicPlan } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

type Props = {
  plans: readonly PublicPlan[];
  addOns: readonly PublicPlan[];
  currencies: readonly Currency[];
  initial: PlanChoice;
  /** The workspace whose billing page takes the choice; without one it starts with a sign-up. */
  slug?: string | undefined;
};

/** The plans at a choice of interval, currency and seats. The address always says the choice. */
export function PlanGrid({ plans, addOns, currencies, initial, slug }: Props) {
  const t = useTranslations("marketing.pricing");
  const [choice, setChoice] = useState(initial);
  const change = (part: Partial<PlanChoice>) => {
    const next = { ...choice, ...part };
    setChoice(next);
    window.history.replaceState(null, "", `/pricing?${toSearch(next)}`);
  };
  const paid = plans.filter((plan) => !isFree(plan));
  const first = paid[Math.floor((paid.length - 1) / 2)];
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-4">
        <HowToPay
          choice={choice}
          currencies={currencies}
          onChange={change}
          words={{
            interval: t("interval"),
            month: t("month"),
            year: t("year"),
            currency: t("currency"),
          }}
        />
        <div className="w-40">
          <NumberField
            name="seats"
            label={t("seats")}
            value={choice.seats}
            min={1}
            max={mostSeats}
            onChange={(seats) => Number.isInteger(seats) && change({ seats })}
          />
        </div>
      </div>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,15.5rem),1fr))] gap-4">
        {plans.map((plan) => (
          <PlanCard
            key={plan.key}
            plan={plan}
            choice={choice}
            isPrimary={plan === first}
            href={hrefOf(plan, choice, slug)}
          />
        ))}
      </div>
      <AddOnCards addOns={addOns} plans={plans} choice={choice} />
    </div>
  );
}

function toSearch({ interval, currency, seats }: PlanChoice): URLSearchParams {
  return new URLSearchParams({ interval, currency, seats: String(seats) });
}

function hrefOf(plan: PublicPlan, choice: PlanChoice, slug: string | undefined): string {
  const search = new URLSearchParams([["plan", plan.key]]);
  if (!isFree(plan)) for (const [key, value] of toSearch(choice)) search.set(key, value);
  return slug ? `/${slug}/billing?${search}` : `/sign-up?${search}`;
}
