"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { billingWords, driftWords } from "#components/admin/seat-words";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { NumberField } from "#components/ui/number-field";
import { Select } from "#components/ui/select";
import type { SeatPolicyRow } from "#lib/seats/seat-policies";
import type { SeatBilling, SeatDriftRule, SeatPolicy } from "#lib/seats/seat-policy";

/** The rules of the platform or of one plan version, changed in one question. */
export function SeatPolicyDialog({ row }: { row: SeatPolicyRow }) {
  const router = useRouter();
  const [rules, setRules] = useState<SeatPolicy>(row);
  const change = (part: Partial<SeatPolicy>) => setRules((last) => ({ ...last, ...part }));
  const { billing, drift, maxSeats, seatsJoiners, givesBack, overDays } = rules;
  return (
    <ConfirmDialog
      trigger="Change"
      triggerVariant="ghost"
      triggerLabel={`Change how seats of ${row.name} are sold`}
      title={`How seats are sold: ${row.name}`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <Select
            {...choiceOf("billing", "When a change is billed", billingWords, billing)}
            onChange={(value) => change({ billing: value as SeatBilling })}
          />
          <Select
            {...choiceOf("drift", "A quantity changed at Stripe", driftWords, drift)}
            onChange={(value) => change({ drift: value as SeatDriftRule })}
          />
          <NumberField
            name="maxSeats"
            label="Most seats of one tenant"
            description="Zero is no limit but the plan's."
            min={0}
            value={maxSeats ?? 0}
            onChange={(value) => change({ maxSeats: value > 0 ? value : null })}
          />
          <NumberField
            name="overDays"
            label="Days until the newest lose theirs"
            description="Where fewer seats are bought than taken."
            min={0}
            max={365}
            value={overDays}
            onChange={(value) => change({ overDays: Number.isInteger(value) ? value : 0 })}
          />
          <Select
            {...choiceOf("seatsJoiners", "Who joins", joinerWords, String(seatsJoiners))}
            onChange={(value) => change({ seatsJoiners: value === "true" })}
          />
          <Select
            {...choiceOf("givesBack", "A seat nobody sits on", freedWords, String(givesBack))}
            onChange={(value) => change({ givesBack: value === "true" })}
          />
          <p>It holds for what is decided from now on. What was billed stays as it is.</p>
        </div>
      }
      confirm="Set the rules"
      path={`/api/v1/admin/seats/policies/${row.id}`}
      method="PUT"
      body={{ billing, drift, maxSeats, seatsJoiners, givesBack, overDays }}
      onDone={() => router.refresh()}
    />
  );
}

const joinerWords = {
  true: ["takes a free seat", "Without being asked."],
  false: ["waits for a seat", "Until somebody gives one."],
} as const;
const freedWords = {
  false: ["is kept for the next", "And paid for, until it is given back."],
  true: ["is given back", "The next invoice is smaller by it."],
} as const;

function choiceOf(
  name: string,
  label: string,
  words: Readonly<Record<string, readonly [string, string]>>,
  value: string,
) {
  const options = Object.entries(words).map(([key, [word]]) => ({ value: key, label: word }));
  return { name, label, value, options, description: words[value]?.[1] ?? "" };
}
