"use client";

import { CopyableId } from "#components/ui/copyable-id";
import type { RulePreview } from "#lib/reconciliation/preview-rule";
import type { RuleAct } from "#lib/reconciliation/rule";

/** A preview as the API sends it: amounts are text. */
export type ToldPreview = Omit<RulePreview, "examples"> & {
  examples: { id: string; reference: string; kind: string }[];
};
type Props = { preview: ToldPreview; act: RuleAct };

/** What a rule would have decided, told before it is saved. */
export function RulePreviewCard({ preview, act }: Props) {
  const { days, lookedAt, matched, open, settledInTime, takenByOthers, examples } = preview;
  const does = act.act === "expect" ? "would have let be" : "would have asked Stripe about";
  return (
    <div role="status" className="grid gap-2 rounded-lg border border-border bg-surface p-4">
      <p className="font-medium">
        {matched === 0
          ? `It is about none of the ${lookedAt} breaks of the last ${days} days.`
          : `It ${does} ${matched} of the ${lookedAt} breaks of the last ${days} days.`}
      </p>
      {matched > 0 && (
        <ul className="grid gap-1 text-muted">
          <li>{open} of them are open now and keep their state: a rule decides as one is found.</li>
          {act.act === "expect" && (
            <li>{settledInTime} were gone within that time, without anybody.</li>
          )}
          {takenByOthers > 0 && <li>{takenByOthers} of them a rule decides that comes first.</li>}
        </ul>
      )}
      {examples.length > 0 && (
        <ul aria-label="The newest of them" className="grid gap-1">
          {examples.map(({ id, reference, kind }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <CopyableId id={reference} href={`/admin/reconciliation/breaks/${id}`} />
              <span className="text-muted">{kind.replace("_", " ")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
