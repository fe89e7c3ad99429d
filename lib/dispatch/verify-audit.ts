import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";

type Row = { chain: string; broken_at: bigint; reason: string };

/** Walks every chain of the audit log. A broken one fails the job, which the console shows. */
export async function verifyAudit(ctx: Context): Promise<void> {
  const broken = await view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select h.chain, v.broken_at, v.reason
      from audit_heads h, lateral app.verify_audit(h.chain) v where v.broken_at is not null`,
  );
  const words = broken.map(({ chain, broken_at: at, reason }) => `${chain} at ${at}: ${reason}`);
  invariant(broken.length === 0, `the audit log is broken: ${words.join("; ")}`);
}
