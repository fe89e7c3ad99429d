import { CircleAlert, ShieldCheck } from "lucide-react";
import type { AuditVerdict } from "#lib/tenancy/verify-audit-chain";

/** Whether a log is whole and unchanged: every entry's hash recomputed from the one before it. */
export async function ChainVerdict(props: { chain: string; verdict: Promise<AuditVerdict> }) {
  const { entries, brokenAt, reason } = await props.verdict;
  const name = props.chain === "platform" ? "The platform's log" : "This tenant's log";
  const count = entries.toLocaleString("en");
  if (brokenAt === null) {
    return (
      <div className="flex items-start gap-3 rounded-lg border border-border bg-surface px-4 py-3">
        <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
        <p>
          <strong className="font-semibold">{name} is whole.</strong>{" "}
          <span className="text-muted">
            {entries === 1n
              ? "Its one entry was checked just now."
              : `Each of its ${count} entries follows from the one before, checked just now.`}
          </span>
        </p>
      </div>
    );
  }
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-lg border border-danger/40 bg-danger-soft px-4 py-3"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p>
        <strong className="font-semibold">
          {name} was tampered with at entry {brokenAt.toLocaleString("en")}:
        </strong>{" "}
        {reason}. The entries before it hold. Someone with the database's own rights did this;
        compare with a backup.
      </p>
    </div>
  );
}
