"use client";

import { useState } from "react";
import { CreditForm } from "#components/invoices/credit-form";
import { EndForm } from "#components/invoices/end-form";
import { RefundForm } from "#components/invoices/refund-form";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import type { InvoiceStatus } from "#lib/billing/invoice";
import type { Currency } from "#lib/money/currency";

export type ActsProps = {
  invoiceId: string;
  status: InvoiceStatus;
  currency: Currency;
  creditableMinor: string;
  isPaidPartly: boolean;
  lines: readonly { lineId: string; description: string; minor: string }[];
  /** Null: Stripe could not be asked. */
  refundable: readonly { intentId: string; leftMinor: string; isDisputed: boolean }[] | null;
};
type Act = "refund" | "credit" | "void" | "uncollectible";

const words = {
  refund: "Refund a payment",
  credit: "Credit note",
  void: "Void",
  uncollectible: "Mark uncollectible",
} as const satisfies Record<Act, string>;

/** What can be done about an invoice as it stands; each is shown before it is done. */
export function InvoiceActs(props: ActsProps) {
  const [chosen, setChosen] = useState<Act>();
  const offered = offeredBy(props);
  if (props.refundable === null) {
    return (
      <Card title="Money">
        <p role="alert">
          Stripe does not answer right now, so nothing can be given back. Open this page again in a
          minute.
        </p>
      </Card>
    );
  }
  if (offered.length === 0) return null;
  const done = () => setChosen(undefined);
  return (
    <Card title="Money">
      <div className="grid gap-4">
        <div className="flex flex-wrap gap-2">
          {offered.map((act) => (
            <Button
              key={act}
              size="sm"
              variant={chosen === act ? "primary" : "secondary"}
              aria-expanded={chosen === act}
              onPress={() => setChosen(chosen === act ? undefined : act)}
            >
              {words[act]}
            </Button>
          ))}
        </div>
        {chosen === "refund" && <RefundForm {...props} onDone={done} />}
        {chosen === "credit" && <CreditForm {...props} onDone={done} />}
        {chosen === "void" && <EndForm {...props} act="void" onDone={done} />}
        {chosen === "uncollectible" && <EndForm {...props} act="uncollectible" onDone={done} />}
      </div>
    </Card>
  );
}

function offeredBy({ status, refundable, creditableMinor }: ActsProps): Act[] {
  const canRefund = refundable?.some(({ leftMinor, isDisputed }) => {
    return BigInt(leftMinor) > 0n && !isDisputed;
  });
  const canCredit = (status === "open" || status === "paid") && BigInt(creditableMinor) > 0n;
  return [
    ...(canRefund ? (["refund"] as const) : []),
    ...(canCredit ? (["credit"] as const) : []),
    ...(status === "open" || status === "uncollectible" ? (["void"] as const) : []),
    ...(status === "open" ? (["uncollectible"] as const) : []),
  ];
}
