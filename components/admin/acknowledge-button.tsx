"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

/** Takes an alert on, with what was done about it. */
export function AcknowledgeButton({ id, title }: { id: string; title: string }) {
  const router = useRouter();
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      trigger="Acknowledge"
      triggerVariant="secondary"
      title={`Acknowledge: ${title}?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>It leaves the open alerts. Your name and what you write stay with it.</p>
          <TextField
            name="note"
            label="What was done"
            isRequired
            maxLength={500}
            onChange={setNote}
          />
        </div>
      }
      confirm="Acknowledge"
      path={`/api/v1/admin/alerts/${encodeURIComponent(id)}/acknowledge`}
      body={{ note }}
      onDone={() => router.refresh()}
    />
  );
}
