import { capabilityWords } from "#lib/connect/mail-about-account";
import { phrasesOf } from "#lib/connect/requirement-words";
import { isAskedNow, type Requirement, standingOf, type V2Account } from "#lib/connect/standing";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import type { Effects, Fact, Found } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { asSystem } from "#lib/tenancy/as-system";

/** So many days before a deadline a tenant is reminded of it. */
export const remindDays = [14, 7, 3, 1] as const;
const dayMs = 86_400_000;

/** Which reminder is due so long before a deadline: the last whose day has come. */
export function reminderOf(dueAt: Date, now: Date): number | null {
  const left = dueAt.getTime() - now.getTime();
  if (left <= 0) return null;
  return remindDays.findLast((days) => left <= days * dayMs) ?? null;
}

export type Asked = {
  tenantId: string;
  accountId: string;
  dueAt: Date | null;
  object: V2Account;
};

/**
 * Reminds of what Stripe asks by a day that is near: each of the four reminders of a deadline is
 * one fact, so it is sent once, and one that was missed is not sent beside the next.
 */
export async function remindDue(ctx: Context, effects: Effects): Promise<number> {
  const now = ctx.now();
  const system = asSystem(ctx);
  return transact(system, "connect.remind-due", async (tx) => {
    const asked = await readAsked(tx, now, remindDays[0]);
    const found = asked.flatMap((one): Found[] => {
      const days = one.dueAt && reminderOf(one.dueAt, now);
      return days === null ? [] : [foundIn(one, `${days}`, now, ctx.traceId)];
    });
    const facts = await keepNew(tx, found);
    if (facts.length > 0) await effects(tx, facts, ctx);
    return facts.length;
  });
}

/** Who is asked for something by a day that is so near. */
export function readAsked(tx: Tx, now: Date, withinDays: number): Promise<Asked[]> {
  const last = new Date(now.getTime() + withinDays * dayMs);
  return tx.$queryRaw<Asked[]>`
    select c.tenant_id as "tenantId", c.account_id as "accountId", c.due_at as "dueAt", m.object
    from connected_accounts c
    join stripe_v2_accounts m on m.account = '' and m.id = c.account_id
    where c.due_at > ${now} and c.due_at <= ${last} and c.asked > 0
      and c.status not in ('closed', 'disconnected', 'suspended')
    order by c.due_at, c.tenant_id`;
}

/** The reminder of an account as a fact. `which` tells it from others of the same deadline. */
export function foundIn(one: Asked, which: string, now: Date, traceId: string): Found {
  const { accountId } = one;
  const seen = { id: accountId, account: "", object: null, isDeleted: false, eventId: null };
  return { seen: { ...seen, instant: now, traceId }, facts: [factOf(one, which)] };
}

function factOf({ tenantId, accountId, dueAt, object }: Asked, which: string): Fact {
  const due = dueAt?.toISOString() ?? null;
  return {
    ...{
      kind: "account.requirements_due",
      reference: `account:${accountId}:due:${due ?? "open"}:${which}`,
    },
    tenantId,
    data: { accountId, dueAt: due, ...missingIn(object) },
  };
}

/** What is asked of an account now, how much of it, and what stops without it; in words. */
export function missingIn(object: V2Account): { asked: string; names: string; stops: string } {
  const asked = standingOf(object).requirements.filter(isAskedNow);
  return { asked: `${asked.length}`, names: namesOf(asked), stops: stopsOf(asked) };
}

const shown = 5;

function namesOf(asked: readonly Requirement[]): string {
  const names = phrasesOf(asked.map(({ description }) => description));
  const more = names.length - shown;
  return names.slice(0, shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function stopsOf(asked: readonly Requirement[]): string {
  const names = asked.flatMap(({ stops }) => stops.map(({ capability }) => capability));
  return [...new Set(names.map(capabilityWords))].join(", ");
}
