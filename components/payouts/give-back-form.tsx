"use client";

import { useLocale } from "next-intl";
import { useState } from "react";
import { formatAmount } from "#components/ui/amount";
import { Form, SubmitButton } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";
import type { ApiPath } from "#components/ui/use-submit";
import { isCurrency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";

type Props = {
  path: ApiPath;
  left: string;
  currency: string;
  /** What is done, such as `take back`. */
  what: string;
  /** What it does to whose balance, after how much there is at most. */
  effect: string;
  verb: string;
};

/** Moves some or all of what is left of something the other way, with that in view. */
export function GiveBackForm({ path, left, currency, what, effect, verb }: Props) {
  const locale = useLocale();
  const [key] = useState(() => crypto.randomUUID());
  const there = formatAmount({ minor: left, currency }, locale);
  return (
    <Form
      path={path}
      values={{ key, seenMinor: left }}
      refresh
      className="mt-4 grid gap-4"
      toBody={({ minor = "", why }) => {
        const amount = isCurrency(currency) ? parseMoney(minor, currency)?.minor : undefined;
        return { why, minor: String(amount ?? minor) };
      }}
    >
      <TextField
        name="minor"
        label={`How much to ${what}, in ${currency.toUpperCase()}`}
        description={`At most ${there}. ${effect}`}
        isRequired
      />
      <TextField name="why" label="Why" isRequired minLength={3} maxLength={500} />
      <div>
        <SubmitButton variant="danger">{verb}</SubmitButton>
      </div>
    </Form>
  );
}
