"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

/** Closes a book through a month, with the reason. */
export function CloseButton({ book, through }: { book: string; through: string }) {
  return (
    <PeriodButton
      trigger="Close a month"
      title="Close a month?"
      effect="What was so in it or before can be entered no more. Its statements stay as they are."
      path={`/api/v1/admin/ledger/books/${encodeURIComponent(book)}/close`}
      field={{ name: "through", label: "Through the month" }}
      month={through}
    />
  );
}

/** Opens closed months again, with the reason. */
export function ReopenButton({ book, from }: { book: string; from: string }) {
  return (
    <PeriodButton
      trigger="Open again"
      title="Open closed months again?"
      effect="It and all after it can be entered into again. Who closed what stays on record."
      path={`/api/v1/admin/ledger/books/${encodeURIComponent(book)}/reopen`}
      field={{ name: "from", label: "From the month" }}
      month={from}
    />
  );
}

type Props = {
  trigger: string;
  title: string;
  effect: string;
  path: `/api/v1/${string}`;
  field: { name: "through" | "from"; label: string };
  month: string;
};

function PeriodButton({ trigger, title, effect, path, field, month: first }: Props) {
  const router = useRouter();
  const [month, setMonth] = useState(first);
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog
      trigger={trigger}
      triggerVariant="secondary"
      title={title}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>{effect}</p>
          <TextField {...field} defaultValue={first} isRequired onChange={setMonth} />
          <TextField name="reason" label="Why" isRequired maxLength={500} onChange={setReason} />
        </div>
      }
      confirm={trigger}
      path={path}
      body={{ [field.name]: month, reason }}
      onDone={() => router.refresh()}
    />
  );
}
