"use client";

import { useState } from "react";
import { forgetDraft } from "#components/plans/kept-draft";
import { type Draft, newestRevision } from "#components/plans/use-draft";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";

/** Somebody else saved this draft meanwhile: whose changes count is asked, never guessed. */
export function OvertakenNotice({ versionId, draft }: { versionId: string; draft: Draft }) {
  const [isBusy, setBusy] = useState(false);
  const keepMine = async () => {
    setBusy(true);
    const newest = await newestRevision(`/api/v1/admin/plans/versions/${versionId}`);
    if (newest !== undefined) await draft.save(newest);
    setBusy(false);
  };
  const takeTheirs = () => {
    if (!draft.isDirty) forgetDraft(versionId);
    window.location.reload();
  };
  return (
    <Banner
      kind="danger"
      title="Somebody else saved this draft after you opened it."
      action={
        <span className="flex flex-wrap gap-2">
          <Button variant="secondary" size="sm" onPress={takeTheirs}>
            Show theirs
          </Button>
          <Button variant="danger-soft" size="sm" isPending={isBusy} onPress={keepMine}>
            Save mine over it
          </Button>
        </span>
      }
    >
      Nothing you typed is lost: it stays here, and this browser keeps it when you look at theirs.
    </Banner>
  );
}
