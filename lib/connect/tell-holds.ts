import { wordsOfStops } from "#lib/connect/hold";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ConnectAppeal, ConnectHold } from "#lib/db/generated/client";
import type { Effects, Fact, Found } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";

type Told = { at: Date; fact: Fact };

/**
 * Makes facts of what became of a tenant's holds and appeals, each once, however often it is asked:
 * mails, alerts and webhooks hang on them.
 */
export async function tellHolds(
  tx: Tx,
  ctx: Context,
  tenantId: string,
  effects: Effects,
): Promise<void> {
  const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
  if (!account) return;
  const holds = await tx.connectHold.findMany({
    ...{ where: { tenantId }, orderBy: { placedAt: "desc" }, take: 20 },
    include: { appeals: true },
  });
  const { accountId } = account;
  const told = holds
    .flatMap((hold) => [
      ...factsOfHold(hold, accountId),
      ...hold.appeals.flatMap((appeal) => factsOfAppeal(appeal, accountId)),
    ])
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const found = told.map(({ at, fact }): Found => {
    const seen = { id: accountId, account: "", object: null, isDeleted: false, eventId: null };
    return { seen: { ...seen, instant: at, traceId: ctx.traceId }, facts: [fact] };
  });
  const facts = await keepNew(tx, found);
  if (facts.length > 0) await effects(tx, facts, ctx);
}

function factsOfHold(hold: ConnectHold, accountId: string): Told[] {
  const { id, tenantId, reason, placedAt, until, endedAt, ending, endNote } = hold;
  const stops = wordsOfStops(hold);
  const about = { accountId, holdId: id, stops };
  const placed: Fact = {
    ...{ kind: "account.held", reference: `hold:${id}:placed`, tenantId },
    data: { ...about, reason, until: until?.toISOString() ?? null, rule: hold.rule },
  };
  if (!endedAt) return [{ at: placedAt, fact: placed }];
  const ended: Fact = {
    ...{ kind: "account.released", reference: `hold:${id}:ended`, tenantId },
    data: { ...about, ending, note: endNote },
  };
  return [
    { at: placedAt, fact: placed },
    { at: endedAt, fact: ended },
  ];
}

function factsOfAppeal(appeal: ConnectAppeal, accountId: string): Told[] {
  const { id, tenantId, holdId, text, madeAt, decision, decidedAt, answer } = appeal;
  const about = { accountId, holdId, appealId: id };
  const made: Fact = {
    ...{ kind: "account.appealed", reference: `appeal:${id}:made`, tenantId },
    data: { ...about, text },
  };
  if (!decidedAt) return [{ at: madeAt, fact: made }];
  const decided: Fact = {
    ...{ kind: "account.appeal_decided", reference: `appeal:${id}:decided`, tenantId },
    data: { ...about, decision, answer },
  };
  return [
    { at: madeAt, fact: made },
    { at: decidedAt, fact: decided },
  ];
}
