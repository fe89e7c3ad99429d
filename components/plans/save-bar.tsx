"use client";

import { useRouter } from "next/navigation";
import type { Draft } from "#components/plans/use-draft";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { StatusDot } from "#components/ui/status";

type Props = {
  draft: Draft;
  versionId: string;
  plan: { key: string; name: string };
  number: number;
  mayPublish: boolean;
};

/** Whether what is typed is kept, and the two steps on from here. Always in view. */
export function SaveBar({ draft, versionId, plan, number, mayPublish }: Props) {
  const router = useRouter();
  const { isDirty, isPending, problems, isTried } = draft;
  const isRefused = isTried && problems.some(({ blocks }) => blocks === "save");
  const canPublish = mayPublish && !isDirty && problems.length === 0 && !draft.isOvertaken;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-end gap-3 border-t border-border bg-background/95 px-4 py-3 sm:mx-0 sm:px-0">
      <p role="status" className="me-auto flex items-center gap-2 text-muted">
        <StatusDot tone={isRefused ? "bad" : isDirty ? "waiting" : "good"} />
        {isRefused
          ? "Not saved: see the marked fields"
          : isDirty
            ? "Changes not saved yet"
            : "Everything is saved"}
      </p>
      {canPublish && (
        <ConfirmDialog
          trigger="Publish"
          triggerLabel={`Publish version ${number} of ${plan.name}`}
          title={`Publish version ${number} of ${plan.name}?`}
          effect={
            <p>
              Its products and prices are made at Stripe, and whoever chooses {plan.name} from then
              on gets this version. It can never change again. Present subscribers stay on theirs.
            </p>
          }
          confirm="Publish"
          path={`/api/v1/admin/plans/versions/${versionId}/publish`}
          onDone={() => router.push(`/admin/plans/${plan.key}`)}
        />
      )}
      <Button type="submit" size="sm" isPending={isPending}>
        Save draft
      </Button>
    </div>
  );
}
