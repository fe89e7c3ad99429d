"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = {
  /** Empty: the platform's own. Without it: everyone's. */
  account?: string;
  label: string;
  of: string;
};

/** Has Stripe's list of events read now. */
export function BackfillButton({ account, label, of }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={label}
      triggerVariant={account === undefined ? "secondary" : "ghost"}
      triggerLabel={`${label}: ${of}`}
      title={`Read Stripe's events of ${of}?`}
      effect={
        <p>
          What Stripe lists and never came is put into the inbox and handled like everything else. A
          reading that was cut off goes on where it was. It keeps to the rate budget, so live work
          goes first.
        </p>
      }
      confirm="Read"
      path="/api/v1/admin/backfills"
      body={account === undefined ? {} : { account }}
      onDone={() => router.refresh()}
    />
  );
}
