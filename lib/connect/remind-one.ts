import { foundIn } from "#lib/connect/remind-due";
import type { V2Account } from "#lib/connect/standing";
import { isOver } from "#lib/connect/status";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import type { Effects } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { asSystem } from "#lib/tenancy/as-system";

/** Reminds a tenant of what is asked because somebody wanted it; once for each time they did. */
export async function remindOne(
  ctx: Context,
  { tenantId, key }: { tenantId: string; key: string },
  effects: Effects,
): Promise<void> {
  const system = asSystem(ctx);
  await transact(system, "connect.remind-one", async (tx) => {
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (!account || account.asked === 0 || isOver(account.status)) return;
    const { accountId, dueAt } = account;
    const mirror = await tx.stripeV2Account.findUnique({
      where: { account_id: { account: "", id: accountId } },
    });
    if (!mirror) return;
    const object = mirror.object as unknown as V2Account;
    const one = { tenantId, accountId, dueAt, object };
    const facts = await keepNew(tx, [foundIn(one, `by:${key}`, ctx.now(), ctx.traceId)]);
    if (facts.length > 0) await effects(tx, facts, ctx);
  });
}
