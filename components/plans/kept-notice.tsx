"use client";

import { useEffect, useState } from "react";
import type { DraftForm } from "#components/plans/draft-form";
import { forgetDraft, type KeptDraft, keptDraft } from "#components/plans/kept-draft";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { Moment } from "#components/ui/moment";

type Props = { versionId: string; revision: number; onRestore: (form: DraftForm) => void };

/** What was typed here and never saved, offered once when the page opens. */
export function KeptNotice({ versionId, revision, onRestore }: Props) {
  const [kept, setKept] = useState<KeptDraft>();
  useEffect(() => setKept(keptDraft(versionId)), [versionId]);
  if (!kept) return null;
  const forget = () => {
    forgetDraft(versionId);
    setKept(undefined);
  };
  return (
    <Banner
      kind="warning"
      title="This browser holds changes that were never saved."
      action={
        <span className="flex gap-2">
          <Button variant="ghost" size="sm" onPress={forget}>
            Forget them
          </Button>
          <Button
            variant="secondary"
            size="sm"
            onPress={() => {
              onRestore(kept.form);
              setKept(undefined);
            }}
          >
            Bring them back
          </Button>
        </span>
      }
    >
      They were typed <Moment at={kept.at} />
      {kept.revision < revision ? ", before the draft was last saved." : "."}
    </Banner>
  );
}
