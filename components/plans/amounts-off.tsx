"use client";

import { Plus, X } from "lucide-react";
import { CellField } from "#components/plans/cell-field";
import { toMinor } from "#components/plans/decimals";
import { Button } from "#components/ui/button";
import { Select } from "#components/ui/select";
import { type Currency, currencies } from "#lib/money/currency";

/** An amount as it is typed, in whole units of its currency. */
export type FormAmount = { currency: Currency; major: string };

export function toAmounts(amounts: readonly FormAmount[]) {
  return amounts.map(({ currency, major }) => ({ currency, minor: toMinor(major, currency) }));
}

type Props = { amounts: readonly FormAmount[]; onChange: (amounts: FormAmount[]) => void };

/** What a coupon takes off in each currency it works in. */
export function AmountsOff({ amounts, onChange }: Props) {
  const all = Object.keys(currencies) as Currency[];
  const free = all.find((one) => !amounts.some(({ currency }) => currency === one));
  const change = (at: number, part: Partial<FormAmount>) =>
    onChange(amounts.map((amount, index) => (index === at ? { ...amount, ...part } : amount)));
  return (
    <div className="grid gap-3">
      {amounts.map(({ currency, major }, index) => (
        <div key={currency} className="flex items-start gap-2">
          <div className="w-28">
            <Select
              name={`amountsOff.${index}.currency`}
              label="Currency"
              value={currency}
              onChange={(next) => change(index, { currency: next as Currency })}
              options={all
                .filter((one) => one === currency || !amounts.some((a) => a.currency === one))
                .map((value) => ({ value, label: value.toUpperCase() }))}
            />
          </div>
          <div className="w-40">
            <CellField
              name={`amountsOff.${index}.minor`}
              label="Amount"
              hideLabel={false}
              value={major}
              inputMode="decimal"
              placeholder="0.00"
              onChange={(next) => change(index, { major: next })}
            />
          </div>
          {amounts.length > 1 && (
            <span className="pt-6">
              <Button
                {...{ variant: "ghost", size: "sm", isIconOnly: true }}
                aria-label={`Remove ${currency.toUpperCase()}`}
                onPress={() => onChange(amounts.filter((_, at) => at !== index))}
              >
                <X aria-hidden className="size-3.5" />
              </Button>
            </span>
          )}
        </div>
      ))}
      {free && (
        <div>
          <Button
            variant="ghost"
            size="sm"
            onPress={() => onChange([...amounts, { currency: free, major: "" }])}
          >
            <Plus aria-hidden className="size-3.5" /> Another currency
          </Button>
        </div>
      )}
    </div>
  );
}
