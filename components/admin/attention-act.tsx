"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button";
import type { BulkAct } from "#lib/connect/bulk";

const AttentionQuestion = dynamic(
  () => import("#components/admin/attention-question").then((part) => part.AttentionQuestion),
  { loading: () => null },
);

type Props = { act: BulkAct; label: string; tenants: readonly { id: string; name: string }[] };

/** Does one thing to the tenants that are shown, after saying who is touched. */
export function AttentionAct({ act, label, tenants }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant={act === "hold" ? "danger-soft" : "secondary"}
        onPress={() => setOpen(true)}
      >
        {label}
      </Button>
      {isOpen && (
        <AttentionQuestion
          act={act}
          tenantIds={tenants.map(({ id }) => id)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
