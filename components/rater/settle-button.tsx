"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

type Props = { id: string; name: string };

/** Says why a difference may stand. */
export function SettleButton({ id, name }: Props) {
  const router = useRouter();
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      trigger="Settle"
      title={`Settle what differs on ${name}?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>
            It leaves what is open; nothing is billed or given back. Your name and what you write
            stay with it. Should its figures change, it is open again.
          </p>
          <TextField
            name="note"
            label="Why it may stand"
            isRequired
            maxLength={1000}
            onChange={setNote}
          />
        </div>
      }
      confirm="Settle"
      path={`/api/v1/admin/invoice-checks/${encodeURIComponent(id)}/settle`}
      body={{ note }}
      onDone={() => router.refresh()}
    />
  );
}

/** Works an invoice out again, with what the catalogue and Stripe say now. */
export function RepeatButton({ id, name }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Work out again"
      triggerVariant="secondary"
      title={`Work ${name} out again?`}
      effect={
        <p>
          The invoice is read at Stripe anew and compared with our catalogue. Nothing is changed at
          Stripe. What was settled stays so if the figures are the same.
        </p>
      }
      confirm="Work out again"
      path={`/api/v1/admin/invoice-checks/${encodeURIComponent(id)}/repeat`}
      body={{}}
      onDone={() => router.refresh()}
    />
  );
}
