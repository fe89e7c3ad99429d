"use client";

import { TextField } from "#components/ui/text-field";
import type { Currency } from "#lib/money/currency";

/** Why it is done: kept with it, and read by our own people alone. */
export function WhyField({ onChange }: { onChange: (why: string) => void }) {
  return (
    <TextField
      name="why"
      label="Why"
      description="Kept with it and in the audit log; the tenant does not read it"
      isRequired
      minLength={3}
      maxLength={500}
      autoComplete="off"
      onChange={onChange}
    />
  );
}

type AmountProps = {
  name: string;
  label: string;
  currency: Currency;
  defaultValue: string;
  description?: string;
  onChange: (text: string) => void;
};

/** A sum as people write it. */
export function AmountField({ currency, label, ...rest }: AmountProps) {
  return (
    <TextField
      label={`${label} (${currency.toUpperCase()})`}
      autoComplete="off"
      maxLength={20}
      isRequired
      {...rest}
    />
  );
}
