"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { SeatDriftRow } from "#lib/seats/list-seat-drifts";

/** Decides about a quantity at Stripe that is not what was decided here. */
export function SeatDriftDecision({ drift }: { drift: SeatDriftRow }) {
  const router = useRouter();
  const { id, tenantName, seats, stripeSeats } = drift;
  const path = `/api/v1/admin/seats/drifts/${id}` as const;
  const ask = (decision: "adopt" | "restore" | "dismiss", trigger: string, effect: string) => (
    <ConfirmDialog
      trigger={trigger}
      triggerVariant="ghost"
      triggerLabel={`${trigger} for ${tenantName}`}
      title={`${trigger} for ${tenantName}?`}
      effect={<p>{effect}</p>}
      confirm={trigger}
      path={path}
      body={{ decision }}
      onDone={() => router.refresh()}
    />
  );
  return (
    <div className="flex flex-wrap justify-end gap-1">
      {ask(
        "adopt",
        `Take ${stripeSeats}`,
        `${tenantName} has ${stripeSeats} seats from now on, as Stripe bills. Nothing is charged by it.`,
      )}
      {ask(
        "restore",
        `Put ${seats} back`,
        `Stripe is told ${seats} again; the difference is billed by the rules of the plan.`,
      )}
      {ask("dismiss", "Dismiss", "Nothing changes. The next check finds it again if it stays.")}
    </div>
  );
}
