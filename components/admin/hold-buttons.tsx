"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

/** Ends a hold, saying what changed. */
export function ReleaseHoldButton({ id, what }: { id: string; what: string }) {
  const router = useRouter();
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      trigger="Release"
      title={`Release ${what}?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>What no other hold stops goes on at once; Stripe has back what it had before.</p>
          <TextField
            name="note"
            label="What changed"
            description="The workspace reads it."
            isRequired
            maxLength={1_000}
            onChange={setNote}
          />
        </div>
      }
      confirm="Release"
      path={`/api/v1/admin/holds/${id}/release`}
      body={{ note }}
      onDone={() => router.refresh()}
    />
  );
}

type AppealProps = { id: string; decision: "granted" | "upheld" };

/** Answers an appeal, in words the workspace reads. */
export function DecideAppealButton({ id, decision }: AppealProps) {
  const router = useRouter();
  const [answer, setAnswer] = useState("");
  const isGranted = decision === "granted";
  return (
    <ConfirmDialog
      trigger={isGranted ? "Grant" : "Uphold"}
      triggerVariant={isGranted ? "secondary" : "ghost"}
      title={isGranted ? "Grant the appeal?" : "Let the hold go on?"}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>{isGranted ? "The hold ends with it." : "The workspace can write again."}</p>
          <TextField
            name="answer"
            label="Your answer"
            description="The workspace reads it."
            isRequired
            maxLength={1_000}
            onChange={setAnswer}
          />
        </div>
      }
      confirm={isGranted ? "Grant" : "Uphold"}
      path={`/api/v1/admin/appeals/${id}/decide`}
      body={{ decision, answer }}
      onDone={() => router.refresh()}
    />
  );
}
