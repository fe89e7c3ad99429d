"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

/** Ends a run over many events where it is. */
export function ConfirmRunStop({ id }: { id: string }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Stop"
      triggerVariant="ghost"
      title="Stop this run?"
      effect={<p>What it has done by now stays done. The rest stays as it is.</p>}
      confirm="Stop"
      path={`/api/v1/admin/events/runs/${id}/stop`}
      onDone={() => router.refresh()}
    />
  );
}
