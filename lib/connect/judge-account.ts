import { endHold } from "#lib/connect/end-hold";
import { type HoldRuleName, holdRuleNames, holdRules, type Signals } from "#lib/connect/hold-rules";
import { causeOfHold, keepHolds, lockHeldAccount } from "#lib/connect/keep-holds";
import { readPolicy } from "#lib/connect/read-policy";
import { wordOf } from "#lib/connect/requirement-words";
import { standingOf, type V2Account } from "#lib/connect/standing";
import { isOver } from "#lib/connect/status";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ConnectedAccount } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import type { Fact } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { asSystem } from "#lib/tenancy/as-system";

/** Has the rules look at an account that changed. Runs in the transaction that found it. */
export async function askForJudging(tx: Tx, { tenantId }: Fact): Promise<void> {
  if (tenantId) await askToJudge(tx, tenantId);
}

/** Has the rules look at a tenant's account; asked for twice before that, it is looked at once. */
export function askToJudge(tx: Tx, tenantId: string): Promise<void> {
  return enqueue(tx, "connect.judge-account", { tenantId }, { key: `connect.judge:${tenantId}` });
}

/**
 * Holds each rule against an account: places its hold where it now applies, ends it where it does
 * no more. A rule has one hold at a time. What it saw, its version and what would change the
 * decision stay with the hold.
 */
export async function judgeAccount(
  ctx: Context,
  { tenantId }: { tenantId: string },
): Promise<void> {
  const system = asSystem(ctx);
  const now = ctx.now();
  await transact(system, "connect.judge-account", async (tx) => {
    const policy = await readPolicy(tx);
    const known = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (!known?.activeAt || isOver(known.status)) return;
    const account = await lockHeldAccount(tx, tenantId);
    const signals = await readSignals(tx, account);
    for (const rule of holdRuleNames) {
      const { version, stops, isOn, judge } = holdRules[rule];
      const { isHeld, reason, mend } = judge(signals, policy, now);
      const open = await tx.connectHold.findFirst({ where: { tenantId, rule, endedAt: null } });
      if (open && !(isOn(policy) && isHeld)) {
        const endNote = isOn(policy) ? "What it waited for has happened." : "The rule was lifted.";
        await endHold(tx, system, open, { ending: "resolved", endedById: null, endNote });
      }
      if (open || !isOn(policy) || !isHeld) continue;
      // What a person decided about this rule, by an appeal or by hand, stands.
      if (await wasDecided(tx, account, rule)) continue;
      const id = newId("connectHold", now);
      const by = { rule, ruleVersion: version, signals, mend };
      await tx.connectHold.create({
        data: { id, tenantId, ...stops, reason, ...by, placedAt: now },
      });
      await keepHolds(tx, system, account, causeOfHold({ ...stops, reason }));
    }
  });
}

async function wasDecided(
  tx: Tx,
  { tenantId, activeAt, confirmedAt }: ConnectedAccount,
  rule: HoldRuleName,
): Promise<boolean> {
  const ending = { in: ["released", "appealed"] };
  const since = confirmedAt ?? activeAt!;
  const where = { tenantId, rule, ending, endedAt: { gte: since } };
  return (await tx.connectHold.count({ where })) > 0;
}

const aboutPeople = ["personName", "birthDate", "idNumber", "selfie", "identityDocument"];

async function readSignals(tx: Tx, account: ConnectedAccount): Promise<Signals> {
  const { accountId, activeAt, confirmedAt } = account;
  const mirror = await tx.stripeV2Account.findUnique({
    where: { account_id: { account: "", id: accountId } },
    select: { object: true },
  });
  const asked = mirror ? standingOf(mirror.object as unknown as V2Account).requirements : [];
  const identityOpen = asked
    .filter(({ isFuture, due }) => !isFuture && due !== "eventually_due")
    .map(({ description }) => description)
    .filter((description) => aboutPeople.includes(wordOf(description)));
  const payments = await tx.stripeCharge.count({
    where: { account: accountId, status: "succeeded", isDeleted: false },
  });
  return {
    ...{ identityOpen, payments },
    activeAt: activeAt?.toISOString() ?? null,
    confirmedAt: confirmedAt?.toISOString() ?? null,
  };
}
