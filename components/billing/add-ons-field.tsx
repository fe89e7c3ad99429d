"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { type AddOnOption, type AddOnTerms, hindranceOf } from "#components/billing/add-on-option";
import { Features } from "#components/billing/features";
import { PlanPrices } from "#components/billing/plan-option";
import { NumberField } from "#components/ui/number-field";
import type { AddOnChoice } from "#lib/billing/add-on";
import { mostOf } from "#lib/catalog/plan";

type Props = {
  options: readonly AddOnOption[];
  chosen: readonly AddOnChoice[];
  terms: AddOnTerms;
  /** The plan of now: what is had beside it may stay. */
  current?: string;
  onChange: (chosen: AddOnChoice[]) => void;
};

/** What can be bought beside the chosen plan, and how many of it. */
export function AddOnsField({ options, chosen, terms, current, onChange }: Props) {
  const t = useTranslations("tenant.billing.addOns");
  if (options.length === 0) return null;
  const set = (key: string, quantity: number) => {
    const others = chosen.filter((one) => one.key !== key);
    onChange(quantity > 0 ? [...others, { key, quantity }] : others);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">{t("legend")}</legend>
      <div className="grid gap-3 md:grid-cols-2">
        {options.map((option) => (
          <AddOn
            key={option.plan.key}
            option={option}
            quantity={chosen.find(({ key }) => key === option.plan.key)?.quantity ?? 0}
            terms={terms}
            hindrance={hindranceOf(option, terms, current)}
            onChange={(quantity) => set(option.plan.key, quantity)}
          />
        ))}
      </div>
    </fieldset>
  );
}

type AddOnProps = {
  option: AddOnOption;
  quantity: number;
  terms: AddOnTerms;
  hindrance: "beside" | "offer" | null;
  onChange: (quantity: number) => void;
};

function AddOn({ option: { plan, owned }, quantity, terms, hindrance, onChange }: AddOnProps) {
  const t = useTranslations("tenant.billing.addOns");
  const id = useId();
  const isChosen = hindrance === null && quantity > 0;
  const most = Math.max(mostOf(plan), owned);
  return (
    <div className="grid content-start gap-3 rounded-lg border border-border bg-surface p-4 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent">
      <label className="flex min-h-6 items-center gap-2 pointer-coarse:min-h-10">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={hindrance !== null}
          aria-describedby={`${id}-what`}
          onChange={({ target }) => onChange(target.checked ? Math.max(owned, 1) : 0)}
          className="size-4 shrink-0 accent-accent"
        />
        <span className="font-semibold">{plan.name}</span>
        {owned > 0 && <span className="ms-auto text-xs text-muted">{t("owned", { owned })}</span>}
      </label>
      <div id={`${id}-what`} className="grid gap-3">
        {plan.description && <p className="text-muted">{plan.description}</p>}
        {hindrance === null ? (
          <PlanPrices plan={plan} choice={terms} />
        ) : (
          <p className="text-xs text-muted">{t(hindrance, wordsOf(terms))}</p>
        )}
        {plan.features.length > 0 && <Features of={plan.features} />}
      </div>
      {isChosen && most > 1 && (
        <div className="max-w-60">
          <NumberField
            name={`quantity-${plan.key}`}
            label={t("quantity", { name: plan.name })}
            description={t("most", { most })}
            value={quantity}
            min={1}
            max={most}
            onChange={(count) => Number.isInteger(count) && onChange(count)}
          />
        </div>
      )}
    </div>
  );
}

function wordsOf({ planName, interval, currency }: AddOnTerms) {
  return { plan: planName, interval, currency: currency.toUpperCase() };
}
