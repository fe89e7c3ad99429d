"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import type { AddOnOption } from "#components/billing/add-on-option";
import { addOnsToSearch } from "#components/billing/add-on-search";
import { AddOnsField } from "#components/billing/add-ons-field";
import { PlanOption } from "#components/billing/plan-option";
import { mostSeats } from "#components/pricing/plan-card";
import { NumberField } from "#components/ui/number-field";
import { Segments } from "#components/ui/segments";
import type { AddOnChoice } from "#lib/billing/add-on";
import type { Interval, PublicPlan } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

export type ChangeWish = {
  plan: string;
  interval: Interval;
  seats: number;
  addOns: AddOnChoice[];
  timing: "policy" | "period_end";
  /** Typed beside what it costs; it stays while something else is chosen. */
  code?: string | undefined;
};

type Props = {
  plans: readonly PublicPlan[];
  currency: Currency;
  initial: ChangeWish;
  /** The key of the plan of now. */
  current: string;
  people: number;
  addOns: readonly AddOnOption[];
};

const settleMs = 300;

/** What to change to. The address carries the choice; what it costs is shown beside it. */
export function ChangePicker({ plans, addOns, currency, initial, current, people }: Props) {
  const t = useTranslations("changes.plan");
  const name = useId();
  const { wish, change, isPending } = useWish(initial);
  const chosen = plans.find(({ key }) => key === wish.plan);
  const terms = { ...wish, currency, planName: chosen?.name ?? "" };
  const hasSeats = chosen?.components.some(({ kind }) => kind === "seat");
  return (
    <div className="grid gap-5" aria-busy={isPending}>
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <Segments
          label={t("interval")}
          value={wish.interval}
          onChange={(interval) => change({ interval: interval as Interval })}
          options={[
            { value: "month", label: t("month") },
            { value: "year", label: t("year") },
          ]}
        />
        <Segments
          label={t("timing")}
          value={wish.timing}
          onChange={(timing) => change({ timing: timing as ChangeWish["timing"] })}
          options={[
            { value: "policy", label: t("policy") },
            { value: "period_end", label: t("periodEnd") },
          ]}
        />
      </div>
      <fieldset className="min-w-0">
        <legend className="mb-1 font-medium">{t("legend")}</legend>
        <div className="grid gap-3 md:grid-cols-2">
          {plans.map((plan) => (
            <PlanOption
              key={plan.key}
              name={name}
              plan={plan}
              choice={{ ...wish, currency }}
              isCurrent={false}
              note={plan.key === current ? t("current") : undefined}
              onChoose={() => change({ plan: plan.key })}
            />
          ))}
        </div>
      </fieldset>
      {hasSeats && (
        <div className="max-w-60">
          <NumberField
            name="seats"
            label={t("seats")}
            description={t("seatsHelp", { taken: people })}
            value={wish.seats}
            min={1}
            max={mostSeats}
            onChange={(seats) => Number.isInteger(seats) && change({ seats })}
          />
        </div>
      )}
      <AddOnsField
        options={addOns}
        chosen={wish.addOns}
        terms={terms}
        current={current}
        onChange={(next) => change({ addOns: next })}
      />
      <p className="text-xs text-muted">{t("currency", { currency: currency.toUpperCase() })}</p>
    </div>
  );
}

/** The choice, told to the address once it has settled for a moment. */
function useWish(initial: ChangeWish) {
  const router = useRouter();
  const path = usePathname();
  const [wish, setWish] = useState(initial);
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (part: Partial<ChangeWish>) => {
    const next = { ...wish, ...part };
    setWish(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const { addOns, seats, code, ...words } = next;
      const search = new URLSearchParams({ ...words, seats: String(seats), ...(code && { code }) });
      search.set("addOns", addOnsToSearch(addOns));
      startTransition(() => router.replace(`${path}?${search}`, { scroll: false }));
    }, settleMs);
  };
  return { wish, change, isPending };
}
