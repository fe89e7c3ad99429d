import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { askForTurns } from "#lib/webhooks/ask-for-turn";

/** What is due for this long was left lying: its worker died. */
const overdueMs = 30_000;

/** Asks for a turn of every endpoint whose messages are overdue, whoever died over them. */
export async function wakeEndpoints(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - overdueMs);
  await transact(ctx, "webhooks.wake", async (tx) => {
    const overdue = await tx.$queryRaw<{ id: string; is_failing: boolean }[]>`
      select e.id, s.failing_since is not null as is_failing
      from webhook_endpoints e join webhook_standings s on s.endpoint_id = e.id
      where e.disabled_at is null and exists (select from webhook_deliveries d
        where d.endpoint_id = e.id and d.status = 'queued' and d.due_at <= ${before}
          and (d.claimed_until is null or d.claimed_until < clock_timestamp()))
      order by e.id`;
    const turns = overdue.map(({ id, is_failing: isFailing }) => {
      return { endpointId: id, isFailing, key: `webhooks:${id}` };
    });
    await askForTurns(tx, turns);
  });
}
