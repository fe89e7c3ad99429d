"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

type Props = { id: string; reference: string };
type ActProps = Props & {
  kind: "refetch" | "post" | "write_off";
  trigger: string;
  title: string;
  effect: string;
};

const dayMs = 86_400_000;

function ActButton({ id, kind, trigger, title, effect }: ActProps) {
  const router = useRouter();
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      trigger={trigger}
      triggerVariant={kind === "write_off" ? "danger-soft" : "secondary"}
      title={title}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>{effect}</p>
          <TextField name="note" label="Why" isRequired maxLength={500} onChange={setNote} />
        </div>
      }
      confirm={trigger}
      path={`/api/v1/admin/reconciliation/breaks/${encodeURIComponent(id)}/resolve`}
      body={{ kind, note }}
      onDone={() => router.refresh()}
    />
  );
}

/** Has Stripe asked again for what a break is about. */
export function RefetchButton(props: Props) {
  return (
    <ActButton
      {...props}
      kind="refetch"
      trigger="Refetch"
      title={`Ask Stripe again for ${props.reference}?`}
      effect="What Stripe has is read anew and compared. Nothing is posted that Stripe does not say."
    />
  );
}

/** Has what is missing of an object posted by the rules. */
export function PostButton(props: Props) {
  return (
    <ActButton
      {...props}
      kind="post"
      trigger="Post"
      title={`Post what is missing of ${props.reference}?`}
      effect="The entries that the rules make of it and that are not in the book are posted; one that differs is corrected by an entry that names it."
    />
  );
}

/** Proposes to give a difference up. */
export function WriteOffButton(props: Props & { amount: string }) {
  return (
    <ActButton
      {...props}
      kind="write_off"
      trigger="Write off"
      title={`Give up ${props.amount}?`}
      effect="Another person of finance has to agree. Then the difference goes to write-offs, and the break may stay as it is."
    />
  );
}

/** Lets a break be for a day or three. */
export function ExpectButton({ id, reference }: Props) {
  const router = useRouter();
  const [note, setNote] = useState("");
  const [days, setDays] = useState("1");
  const count = Math.min(90, Math.max(1, Number(days) || 1));
  return (
    <ConfirmDialog
      trigger="Expect"
      title={`Let ${reference} be for now?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>It leaves what is open until then. Should its figures change, it is open at once.</p>
          <TextField name="days" label="For how many days" defaultValue="1" onChange={setDays} />
          <TextField name="note" label="Why" isRequired maxLength={500} onChange={setNote} />
        </div>
      }
      confirm="Expect"
      path={`/api/v1/admin/reconciliation/breaks/${encodeURIComponent(id)}/resolve`}
      body={{ kind: "expect", note, until: new Date(Date.now() + count * dayMs).toISOString() }}
      onDone={() => router.refresh()}
    />
  );
}

/** Says yes or no to what somebody else proposed to give up. */
export function DecisionButtons({ id, amount }: { id: string; amount: string }) {
  const router = useRouter();
  const path = `/api/v1/admin/reconciliation/resolutions/${encodeURIComponent(id)}/decide` as const;
  return (
    <span className="flex flex-wrap gap-2">
      <ConfirmDialog
        trigger="Reject"
        triggerVariant="ghost"
        title="Reject the write-off?"
        effect={<p>Nothing is posted and the break stays open.</p>}
        confirm="Reject"
        path={path}
        body={{ decision: "reject" }}
        onDone={() => router.refresh()}
      />
      <ConfirmDialog
        trigger="Agree"
        title={`Agree to give up ${amount}?`}
        effect={<p>The difference goes to write-offs at once, under both your names.</p>}
        confirm="Agree"
        path={path}
        body={{ decision: "approve" }}
        onDone={() => router.refresh()}
      />
    </span>
  );
}

/** Begins to compare everything. */
export function RunButton() {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Run in full"
      title="Compare everything with Stripe?"
      effect={
        <p>
          Every balance transaction, entry and total of every account is compared. It keeps to the
          rate budget, goes on after a restart, and changes nothing by itself.
        </p>
      }
      confirm="Compare"
      path="/api/v1/admin/reconciliation/runs"
      body={{ book: null }}
      onDone={() => router.refresh()}
    />
  );
}

/** Ends a run where it is. */
export function StopRunButton({ id }: { id: string }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Stop"
      triggerVariant="ghost"
      title="Stop this run?"
      effect={<p>What it found by then stays. The rest is not compared.</p>}
      confirm="Stop"
      path={`/api/v1/admin/reconciliation/runs/${encodeURIComponent(id)}/stop`}
      onDone={() => router.refresh()}
    />
  );
}
