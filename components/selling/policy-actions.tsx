"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { FeePolicyStatus } from "#lib/selling/fee-policy";

type Props = { id: string; status: FeePolicyStatus; problem: string | null };

/** Publishes, retires or discards a policy, after saying what that does. */
export function PolicyActions({ id, status, problem }: Props) {
  const router = useRouter();
  const path = `/api/v1/admin/fee-policies/${id}` as const;
  if (status === "retired") return null;
  if (status === "published") {
    return (
      <ConfirmDialog
        trigger="Retire"
        triggerVariant="ghost"
        title="Retire this policy?"
        effect={
          <p>
            The policy that began before it is in force again; without one nothing is taken of new
            payments. What was taken stays as it was. This cannot be undone.
          </p>
        }
        confirm="Retire"
        isDangerous
        path={`${path}/retire`}
        onDone={() => router.refresh()}
      />
    );
  }
  return (
    <>
      <Publish path={`${path}/publish`} problem={problem} />
      <ConfirmDialog
        trigger="Discard"
        triggerVariant="ghost"
        title="Discard this draft?"
        effect={<p>It is gone for good. No payment rests on it.</p>}
        confirm="Discard"
        isDangerous
        path={path}
        method="DELETE"
        onDone={() => router.push("/admin/fees")}
      />
    </>
  );
}

function Publish({ path, problem }: { path: `/api/v1/${string}`; problem: string | null }) {
  const router = useRouter();
  const [day, setDay] = useState("");
  return (
    <ConfirmDialog
      trigger="Publish"
      title="Publish this policy?"
      effect={
        <div className="grid gap-3">
          <p>
            From when it begins, every page that a payer opens is asked about it. Pages open by then
            keep the fee they were opened with, for an hour at most. It never changes after.
          </p>
          {problem && <p className="text-danger">{problem}</p>}
          <label className="grid gap-1">
            <span className="font-medium">Begins (UTC); empty: now</span>
            <input
              type="datetime-local"
              value={day}
              onChange={(event) => setDay(event.target.value)}
              className="h-9 rounded-lg border border-field-border bg-field px-3"
            />
          </label>
        </div>
      }
      confirm="Publish"
      path={path}
      body={day ? { effectiveAt: `${day}:00.000Z` } : {}}
      onDone={() => router.refresh()}
    />
  );
}
