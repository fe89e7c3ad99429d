"use client";

import type { Draft } from "#components/plans/use-draft";
import { Publish } from "#components/plans/version-actions";
import { Button } from "#components/ui/button";
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
        <Publish version={{ versionId, number, revision: draft.revision }} plan={plan} />
      )}
      <Button type="submit" size="sm" isPending={isPending}>
        Save draft
      </Button>
    </div>
  );
}
