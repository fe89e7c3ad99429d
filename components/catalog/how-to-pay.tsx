"use client";

import { Segments } from "#components/ui/segments";
import type { Interval } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

type Choice = { readonly interval: Interval; readonly currency: Currency };

type Props = {
  choice: Choice;
  currencies: readonly Currency[];
  onChange: (part: Partial<Choice>) => void;
  words: Readonly<Record<"interval" | "month" | "year" | "currency", string>>;
};

/** How often a plan is paid and in which currency; where there is one, nothing is asked. */
export function HowToPay({ choice, currencies, onChange, words }: Props) {
  return (
    <>
      <Segments
        label={words.interval}
        value={choice.interval}
        onChange={(interval) => onChange({ interval: interval as Interval })}
        options={[
          { value: "month", label: words.month },
          { value: "year", label: words.year },
        ]}
      />
      {currencies.length > 1 && (
        <Segments
          label={words.currency}
          value={choice.currency}
          onChange={(currency) => onChange({ currency: currency as Currency })}
          options={currencies.map((code) => ({ value: code, label: code.toUpperCase() }))}
        />
      )}
    </>
  );
}
