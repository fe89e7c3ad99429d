"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type AddOnOption, sellable } from "#components/billing/add-on-option";
import { addOnsToSearch } from "#components/billing/add-on-search";
import { AddOnsField } from "#components/billing/add-ons-field";
import { Order } from "#components/billing/order";
import { PlanOption } from "#components/billing/plan-option";
import { HowToPay } from "#components/catalog/how-to-pay";
import type { AddOnChoice } from "#lib/billing/add-on";
import { type Interval, isFree, type PublicPlan } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

export type PlanChoice = {
  plan: string;
  interval: Interval;
  currency: Currency;
  seats: number;
  addOns: AddOnChoice[];
};

type Props = {
  slug: string;
  plans: readonly PublicPlan[];
  addOns: readonly PublicPlan[];
  currencies: readonly Currency[];
  initial: PlanChoice;
  /** How many people work in the workspace: what the seats are for. */
  people: number;
};

/** A plan, how it is paid and for how many: the order beside it is exact at every moment. */
export function PlanPicker({ slug, plans, addOns, currencies, initial, people }: Props) {
  const t = useTranslations("tenant.billing.picker");
  const intervals = useTranslations("tenant.interval");
  const [choice, setChoice] = useState(initial);
  const name = useId();
  const change = (part: Partial<PlanChoice>) => {
    const next = { ...choice, ...part };
    setChoice(next);
    // The address carries the choice, so a reload or a shared link keeps it.
    const search = searchOf(next);
    window.history.replaceState(null, "", `/${slug}/billing?${search}`);
  };
  const plan = plans.find(({ key }) => key === choice.plan);
  const options = addOns.map((one): AddOnOption => ({ plan: one, owned: 0 }));
  const terms = { ...choice, planName: plan?.name ?? "" };
  const order = { ...choice, addOns: sellable(choice.addOns, options, terms) };
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid gap-5">
        <div className="flex flex-wrap gap-x-6 gap-y-4">
          <HowToPay
            choice={choice}
            currencies={currencies}
            onChange={change}
            words={{
              interval: t("interval"),
              month: intervals("month"),
              year: intervals("year"),
              currency: t("currency"),
            }}
          />
        </div>
        <fieldset className="min-w-0">
          <legend className="mb-1 font-medium">{t("legend")}</legend>
          <div className="grid gap-3 md:grid-cols-2">
            {plans.map((one) => (
              <PlanOption
                key={one.key}
                name={name}
                plan={one}
                choice={choice}
                isCurrent={isFree(one)}
                onChoose={() => change({ plan: one.key })}
              />
            ))}
          </div>
        </fieldset>
        <AddOnsField
          options={options}
          chosen={choice.addOns}
          terms={terms}
          onChange={(chosen) => change({ addOns: chosen })}
        />
      </div>
      {plan && (
        <Order
          slug={slug}
          plan={plan}
          addOns={addOns}
          choice={order}
          people={people}
          onChange={change}
        />
      )}
    </div>
  );
}

function searchOf({ addOns, ...choice }: PlanChoice): URLSearchParams {
  const search = new URLSearchParams({ ...choice, seats: String(choice.seats) });
  if (addOns.length > 0) search.set("addOns", addOnsToSearch(addOns));
  return search;
}
