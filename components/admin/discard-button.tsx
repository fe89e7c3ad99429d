"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

/** Gives up a dead letter, with the reason that stays with it. */
export function DiscardButton({ id, type }: { id: string; type: string }) {
  const router = useRouter();
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog
      trigger="Discard"
      triggerVariant="danger-soft"
      title={`Discard ${type}?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>
            The event is not tried again, and leaves the dead letters. It stays in the inbox with
            your reason, and can still be replayed. Its object stays as other events left it.
          </p>
          <TextField name="reason" label="Why" isRequired maxLength={500} onChange={setReason} />
        </div>
      }
      confirm="Discard"
      isDangerous
      path={`/api/v1/admin/events/${encodeURIComponent(id)}/discard`}
      body={{ reason }}
      onDone={() => router.refresh()}
    />
  );
}
