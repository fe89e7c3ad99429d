"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { id: string; objectId: string };

/** Approves the repair of a mirror that differs, or leaves it as it is. */
export function DriftDecision({ id, objectId }: Props) {
  const router = useRouter();
  const path = `/api/v1/admin/drifts/${id}/decide` as const;
  return (
    <>
      <ConfirmDialog
        trigger="Dismiss"
        title={`Leave the mirror of ${objectId} as it is?`}
        effect={
          <p>
            Nothing is changed and nobody is asked again about this finding. If it still differs
            when it is next looked at, that is a finding of its own.
          </p>
        }
        confirm="Dismiss"
        path={path}
        body={{ decision: "dismiss" }}
        onDone={() => router.refresh()}
      />
      <ConfirmDialog
        trigger="Repair"
        title={`Repair the mirror of ${objectId}?`}
        effect={
          <p>
            The object is asked for at Stripe anew, and the mirror takes what is there then. What
            follows from its new state, such as a mail, happens once.
          </p>
        }
        confirm="Repair"
        path={path}
        body={{ decision: "repair" }}
        onDone={() => router.refresh()}
      />
    </>
  );
}
