import { ChevronRight } from "lucide-react";
import { AuditChange } from "#components/admin/audit-change";
import { Moment } from "#components/ui/moment";
import { wordsFor } from "#lib/overview/words";
import type { AuditEntry } from "#lib/tenancy/audit-entry";

/** Entries of the log; each opens to show what it changed. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <ul aria-label="Audit entries" className="border-t border-separator">
      {entries.map((entry) => (
        <li
          key={`${entry.chain}-${entry.sequence}`}
          className="border-b border-separator last:border-b-0"
        >
          <details className="group">
            <summary className="flex cursor-pointer list-none items-start gap-2 px-4 py-2.5 -outline-offset-2 hover:bg-default/40">
              <ChevronRight
                aria-hidden
                className="mt-0.5 size-4 shrink-0 text-muted group-open:rotate-90"
              />
              <EntryLine entry={entry} />
            </summary>
            <AuditChange entry={entry} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function EntryLine({ entry }: { entry: AuditEntry }) {
  const { at, actorName, action, target, operation } = entry;
  return (
    <span className="grid min-w-0 flex-1 gap-x-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_7rem]">
      <span className="min-w-0">
        <span className="font-medium">{whoOf(actorName)}</span> {wordsFor(action)}
      </span>
      <span className="min-w-0 text-muted">{`${wordsOf[operation] ?? operation} ${target.replaceAll("_", " ")}`}</span>
      <span className="text-muted sm:text-end">
        <Moment at={at} />
      </span>
    </span>
  );
}

/** PostgreSQL's words for what happened to a row. */
const wordsOf: Readonly<Record<string, string>> = {
  insert: "added to",
  update: "changed in",
  delete: "removed from",
};

/** A part of the system acts under its own name: "Lockstep's worker". */
function whoOf(actorName: string): string {
  const part = /^system, (.+)$/.exec(actorName)?.[1];
  return part ? `Lockstep's ${part.replaceAll("-", " ")}` : actorName;
}
