import type { Tx } from "#lib/db/client";

/** What the transaction writes from here on is this act, of this trace, in the audit log. */
export async function actAs(tx: Tx, action: string, traceId: string): Promise<void> {
  await tx.$executeRaw`select set_config('app.action', ${action}, true),
    set_config('app.trace_id', ${traceId}, true)`;
}
