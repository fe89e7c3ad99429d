"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Select } from "#components/ui/select";

type Props = { type: string; name: string; wish: boolean | null };

const words = { on: "On", off: "Off", stripe: "As Stripe has it" } as const;
type Word = keyof typeof words;

/** Switches a way to pay on or off for the pages that are opened from now on. */
export function MethodSwitch({ type, name, wish }: Props) {
  const router = useRouter();
  const before: Word = wish === null ? "stripe" : wish ? "on" : "off";
  const [wanted, setWanted] = useState<Word>(before);
  return (
    <ConfirmDialog
      trigger="Change"
      triggerVariant="ghost"
      triggerLabel={`Change whether ${name} is offered`}
      title={`Offer ${name}`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <Select
            name="wish"
            label={name}
            value={wanted}
            onChange={(value) => setWanted(value as Word)}
            options={Object.entries(words).map(([value, label]) => ({ value, label }))}
          />
          <p>
            For payment pages that are opened from now on. Who kept it as their payment method is
            charged with it as before. Stripe still shows it only where place, currency and amount
            fit, and once your account is allowed to take it.
          </p>
        </div>
      }
      confirm="Set it"
      path="/api/v1/admin/collection/methods"
      method="PUT"
      body={{ method: type, isOn: wanted === "stripe" ? null : wanted === "on" }}
      onDone={() => router.refresh()}
    />
  );
}
