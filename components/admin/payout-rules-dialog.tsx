"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { NumberField } from "#components/ui/number-field";
import type { Policy } from "#lib/connect/hold-rules";

type Count = Exclude<keyof Policy, "identityFirst">;

const fields: readonly { name: Count; label: string; description: string; max: number }[] = [
  {
    ...{ name: "payoutPayments", label: "Payments before the first payout", max: 100 },
    description: "0 asks for none.",
  },
  {
    ...{ name: "payoutDays", label: "Days before the first payout", max: 90 },
    description: "Counted from when payments could first be taken; 0 asks for none.",
  },
  {
    ...{ name: "confirmMonths", label: "Months until details are confirmed again", max: 36 },
    description: "An owner or admin says that they are right; 0 is never.",
  },
  {
    ...{ name: "confirmGraceDays", label: "Days of grace for that", max: 60 },
    description: "In which payouts go on.",
  },
];

/** Changes what must be so before money goes to a tenant's bank. */
export function PayoutRulesDialog({ policy }: { policy: Policy }) {
  const router = useRouter();
  const [next, setNext] = useState(policy);
  return (
    <ConfirmDialog
      trigger="Change"
      triggerLabel="Change the rules of payouts"
      title="Rules of payouts"
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              name="identityFirst"
              checked={next.identityFirst}
              onChange={({ target }) => setNext({ ...next, identityFirst: target.checked })}
              className="size-4 accent-accent"
            />
            No payout before Stripe has checked the people
          </label>
          {fields.map(({ name, label, description, max }) => (
            <NumberField
              key={name}
              {...{ name, label, description, max }}
              min={0}
              value={next[name]}
              onChange={(value) =>
                setNext({ ...next, [name]: Number.isInteger(value) ? value : 0 })
              }
            />
          ))}
          <p>
            Every account is judged anew within minutes: whoever does not meet a rule has payouts
            held, is told why, and can appeal; whoever does has them back.
          </p>
        </div>
      }
      confirm="Set the rules"
      path="/api/v1/admin/connect/policy"
      method="PUT"
      body={next}
      onDone={() => router.refresh()}
    />
  );
}
