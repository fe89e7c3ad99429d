"use client";

import { useLocale } from "next-intl";
import { useState } from "react";
import { AmountField, WhyField } from "#components/invoices/act-fields";
import type { ActsProps } from "#components/invoices/invoice-acts";
import { useAct } from "#components/invoices/use-act";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { formatMoney, toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { parseMoney } from "#lib/money/parse-money";

const effect =
  "goes back to the method it was paid with, within days. The invoice stays paid; a credit note " +
  "says that less was sold. Stripe keeps its fee.";

type Props = ActsProps & { onDone: () => void };

/** Gives a payment back, in part or whole, after saying what that does. */
export function RefundForm({ invoiceId, currency, refundable, onDone }: Props) {
  const locale = useLocale();
  const open = (refundable ?? []).filter((one) => BigInt(one.leftMinor) > 0n && !one.isDisputed);
  const [intentId, setIntent] = useState(open[0]!.intentId);
  const payment = open.find((one) => one.intentId === intentId) ?? open[0]!;
  const left = money(BigInt(payment.leftMinor), currency);
  const [text, setText] = useState<string>(toDecimal(left));
  const [why, setWhy] = useState("");
  const [reason, setReason] = useState("requested_by_customer");
  const { act, isPending, problem } = useAct(`/api/v1/admin/invoices/${invoiceId}/refunds`, onDone);
  const amount = parseMoney(text, currency);
  const isGood = amount !== null && amount.minor > 0n && amount.minor <= left.minor;
  const send = () => {
    if (!amount) return;
    const sums = { minor: amount.minor.toString(), seenMinor: payment.leftMinor };
    void act({ intentId, reason, why, ...sums });
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {open.length > 1 && (
        <Select
          name="intentId"
          label="Payment"
          value={intentId}
          onChange={setIntent}
          options={open.map((one) => ({ value: one.intentId, label: one.intentId }))}
        />
      )}
      <AmountField
        name="amount"
        label="Amount"
        currency={currency}
        defaultValue={toDecimal(left)}
        description={`At most ${formatMoney(left, locale)} is left of this payment`}
        onChange={setText}
      />
      <Select
        name="reason"
        label="Reason for Stripe"
        value={reason}
        onChange={setReason}
        options={[
          { value: "requested_by_customer", label: "The customer asked for it" },
          { value: "duplicate", label: "It was paid twice" },
          { value: "fraudulent", label: "It was fraud; Stripe's Radar blocks the method" },
        ]}
      />
      <WhyField onChange={setWhy} />
      <div className="grid gap-3 sm:col-span-2">
        <p role="status">
          {isGood
            ? `${formatMoney(amount, locale)} ${effect}`
            : `Enter an amount up to ${formatMoney(left, locale)}.`}
        </p>
        <ProblemAlert problem={problem} />
        <div>
          <Button
            variant="danger"
            isPending={isPending}
            isDisabled={!isGood || why.trim().length < 3}
            onPress={send}
          >
            {isGood ? `Refund ${formatMoney(amount, locale)}` : "Refund"}
          </Button>
        </div>
      </div>
    </div>
  );
}
