"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button";
import type { InboxAct, RunFilter } from "#lib/events/inbox-run";

const BulkQuestion = dynamic(
  () => import("#components/admin/bulk-question").then((part) => part.BulkQuestion),
  { loading: () => null },
);

type Props = {
  act: InboxAct;
  filter: RunFilter;
  /** Which events, in words: "all dead letters", "those of invoice.paid". */
  which: string;
  /** The words on the button; "Replay all" where it says nothing. */
  label?: string;
};

/** Does one thing to every event a filter finds, after counting them. */
export function BulkAct({ act, filter, which, label }: Props) {
  const [isOpen, setOpen] = useState(false);
  const words = label ?? (act === "replay" ? "Replay all" : "Discard all");
  return (
    <>
      <Button
        size="sm"
        variant={act === "replay" ? "secondary" : "danger-soft"}
        aria-label={`${words}: ${which}`}
        onPress={() => setOpen(true)}
      >
        {words}
      </Button>
      {isOpen && (
        <BulkQuestion act={act} filter={filter} which={which} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
