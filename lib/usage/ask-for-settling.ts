import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { enqueueAll } from "#lib/jobs/enqueue";

/**
 * An invoice is final: what Stripe was not told of in time is settled now, and not only when the
 * clock asks.
 */
export async function askForSettling(tx: Tx, { data }: Fact): Promise<void> {
  const { invoiceId } = data as { invoiceId: string };
  const key = `usage.settle:${invoiceId}`;
  await enqueueAll(tx, [{ name: "usage.settle", payload: { invoiceId }, key }]);
}
