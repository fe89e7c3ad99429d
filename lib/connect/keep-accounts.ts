import { expireHolds } from "#lib/connect/expire-holds";
import { confirmTimes } from "#lib/connect/hold-rules";
import { askToJudge } from "#lib/connect/judge-account";
import { readPolicy } from "#lib/connect/read-policy";
import { remindDue } from "#lib/connect/remind-due";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import type { Effects, Found } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { asSystem } from "#lib/tenancy/as-system";

/** What the clock asks of accounts: holds whose day has come, reminders, and the rules anew. */
export async function keepAccounts(ctx: Context, effects: Effects): Promise<void> {
  await expireHolds(ctx);
  await remindDue(ctx, effects);
  await askForConfirming(ctx, effects);
  const system = asSystem(ctx);
  await transact(system, "connect.judge-accounts", async (tx) => {
    const held = await tx.connectHold.findMany({
      ...{ where: { rule: { not: null }, endedAt: null }, distinct: ["tenantId"], take: 1_000 },
      select: { tenantId: true },
    });
    for (const { tenantId } of held) await askToJudge(tx, tenantId);
  });
}

/** Asks whose details are to be confirmed, once each time, and has those judged who did not. */
async function askForConfirming(ctx: Context, effects: Effects): Promise<void> {
  const system = asSystem(ctx);
  const now = ctx.now();
  await transact(system, "connect.ask-for-confirming", async (tx) => {
    const policy = await readPolicy(tx);
    if (policy.confirmMonths === 0) return;
    const before = new Date(now);
    before.setUTCMonth(before.getUTCMonth() - policy.confirmMonths);
    const due = await tx.connectedAccount.findMany({
      where: {
        status: { notIn: ["closed", "disconnected", "suspended"] },
        OR: [{ confirmedAt: { lte: before } }, { confirmedAt: null, activeAt: { lte: before } }],
      },
      take: 1_000,
    });
    const found = due.flatMap(({ tenantId, accountId, activeAt, confirmedAt }): Found[] => {
      const last = {
        activeAt: activeAt?.toISOString() ?? null,
        confirmedAt: confirmedAt?.toISOString() ?? null,
      };
      const times = confirmTimes(last, policy);
      if (!times) return [];
      const askedAt = times.askedAt.toISOString();
      const seen = { id: accountId, account: "", object: null, isDeleted: false, eventId: null };
      const fact = {
        ...{ kind: "account.confirm_due", reference: `account:${accountId}:confirm:${askedAt}` },
        ...{ tenantId, data: { accountId, askedAt, stopsAt: times.stopsAt.toISOString() } },
      };
      return [{ seen: { ...seen, instant: now, traceId: ctx.traceId }, facts: [fact] }];
    });
    const facts = await keepNew(tx, found);
    if (facts.length > 0) await effects(tx, facts, ctx);
    for (const { tenantId } of due) await askToJudge(tx, tenantId);
  });
}
