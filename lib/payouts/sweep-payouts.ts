import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { resyncObject } from "#lib/events/resync-object";
import { enqueueAll } from "#lib/jobs/enqueue";
import type { PayoutKey } from "#lib/payouts/trace-payout";
import { asSystem } from "#lib/tenancy/as-system";

const dayMs = 86_400_000;

/**
 * Has every payout read that Stripe has reconciled and nobody has read, or whose parts did not add
 * up an hour ago; and asks anew for payouts whose bank has not told its reference yet, which Stripe
 * tells within ten days and of no event of its own.
 */
export async function sweepPayouts(ctx: Context): Promise<{ traced: number; asked: number }> {
  const system = asSystem(ctx);
  const now = ctx.now().getTime();
  const [since, hourAgo] = [new Date(now - 60 * dayMs), new Date(now - 3_600_000)];
  const traced = await transact(system, "payouts.sweep", async (tx) => {
    const due = await tx.$queryRaw<PayoutKey[]>`
      select p.account, p.id as "payoutId" from stripe_payouts p
      left join payout_traces t on t.account = p.account and t.payout_id = p.id
      where p.created_at > ${since} and p.is_automatic
        and p.object->>'reconciliation_status' = 'completed'
        and (t.read_at is null or (t.parts_minor <> t.payout_minor and t.read_at < ${hourAgo}))
      order by p.created_at desc limit 500`;
    const jobs = due.map((payload) => {
      const key = `trace:${payload.account}:${payload.payoutId}`;
      return { name: "payouts.trace" as const, payload, key };
    });
    await enqueueAll(tx, jobs);
    return due.length;
  });
  const waiting = await transact(system, "payouts.sweep", (tx) => {
    const [from, until] = [new Date(now - 10 * dayMs), new Date(now)];
    return tx.$queryRaw<PayoutKey[]>`
      select account, id as "payoutId" from stripe_payouts
      where created_at > ${since} and arrives_at between ${from} and ${until} and status = 'paid'
        and object->'trace_id'->>'status' = 'pending' and instant < ${new Date(now - dayMs / 4)}
      order by created_at desc limit 50`;
  });
  for (const { account, payoutId } of waiting) {
    await resyncObject(system, { account, objectType: "payout", objectId: payoutId });
  }
  return { traced, asked: waiting.length };
}
