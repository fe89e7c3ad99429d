"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Flows } from "#components/admin/attention-question";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";
import type { Flow } from "#lib/connect/hold";

type Props = {
  tenantId: string;
  name: string;
  /** With the full dashboard a tenant can still pay out by hand at Stripe. */
  hasDashboard: boolean;
};

/** Stops a tenant's payments, payouts or both, after saying what that does. */
export function PlaceHoldButton({ tenantId, name, hasDashboard }: Props) {
  const router = useRouter();
  const [stops, setStops] = useState<readonly Flow[]>(["payouts"]);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  return (
    <ConfirmDialog
      trigger="Stop payments or payouts"
      triggerVariant="danger-soft"
      title={`Stop payments or payouts of ${name}?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <Flows chosen={stops} onChange={setStops} />
          {stops.includes("payments") && (
            <p>
              New payments are refused at once, at Stripe within seconds. Refunds and disputes go
              on.
            </p>
          )}
          {stops.includes("payouts") && (
            <p>
              Money stays in their balance. What is on its way to the bank arrives.
              {hasDashboard &&
                " This account has Stripe’s full dashboard, where its owner can still pay out by hand."}
            </p>
          )}
          <TextField
            name="reason"
            label="Why"
            description="The workspace reads it, by mail and on its pages, and can appeal."
            isRequired
            maxLength={1_000}
            onChange={setReason}
          />
          <label className="grid gap-1">
            <span className="font-medium">Until (UTC; leave it out for no end)</span>
            <input
              type="datetime-local"
              name="until"
              className="input input--primary h-9 px-2 tabular-nums"
              onChange={({ target }) => setUntil(target.value)}
            />
          </label>
        </div>
      }
      confirm="Stop"
      isDangerous
      path={`/api/v1/admin/tenants/${tenantId}/holds`}
      body={{
        ...{ payments: stops.includes("payments"), payouts: stops.includes("payouts"), reason },
        until: until ? `${until}:00Z` : null,
      }}
      onDone={() => router.refresh()}
    />
  );
}
