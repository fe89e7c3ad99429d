"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

/** Hands an event to the inbox once more, after saying what that does. */
export function ReplayButton({ id, type }: { id: string; type: string }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Replay"
      title={`Replay ${type}?`}
      effect={
        <p>
          The event goes back to the inbox and is handled within seconds. Its object takes the state
          Stripe has now. What already happened, such as a mail or an entry, does not happen again.
        </p>
      }
      confirm="Replay"
      path={`/api/v1/admin/events/${encodeURIComponent(id)}/replay`}
      onDone={() => router.refresh()}
    />
  );
}
