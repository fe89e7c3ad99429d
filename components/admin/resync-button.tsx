"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { account: string; objectType: string; objectId: string };

/** Has an object asked for at Stripe and written as it is there. */
export function ResyncButton(target: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Resync object"
      title={`Ask Stripe for ${target.objectId}?`}
      effect={
        <p>
          The object is asked for at Stripe and its mirror takes what is there, whatever events say.
          One request; it shows in the inbox as an event of ours.
        </p>
      }
      confirm="Resync"
      path="/api/v1/admin/resyncs/object"
      body={target}
      onDone={() => router.refresh()}
    />
  );
}
