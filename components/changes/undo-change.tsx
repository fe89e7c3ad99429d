"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = {
  slug: string;
  trigger: string;
  title: string;
  effect: string;
} & ({ changeId: string; body?: never } | { changeId?: never; body: { kind: "undo_cancel" } });

/** Takes back what was chosen, after one question that says what follows. */
export function UndoChange({ slug, changeId, body, trigger, title, effect }: Props) {
  const router = useRouter();
  const root = `/api/v1/tenants/${slug}/subscription/changes` as const;
  return (
    <ConfirmDialog
      trigger={trigger}
      title={title}
      effect={<p>{effect}</p>}
      confirm={trigger}
      path={changeId ? `${root}/${changeId}/undo` : root}
      {...(body && { body })}
      onDone={() => router.refresh()}
    />
  );
}
