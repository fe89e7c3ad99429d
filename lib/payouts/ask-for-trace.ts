import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { enqueue } from "#lib/jobs/enqueue";

/** Has a payout read as soon as Stripe says what it is made of. */
export async function askForTrace(tx: Tx, fact: Fact, _ctx: Context): Promise<void> {
  const { payoutId } = fact.data;
  const payout = await tx.stripePayout.findFirst({
    where: { id: String(payoutId), tenantId: fact.tenantId },
    select: { account: true, id: true },
  });
  if (!payout) return;
  const payload = { account: payout.account, payoutId: payout.id };
  await enqueue(tx, "payouts.trace", payload, { key: `trace:${payload.account}:${payout.id}` });
}
