import { type Asked, missingIn, readAsked } from "#lib/connect/remind-due";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import type { Effects, Fact, Found } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { queueMail } from "#lib/mail/queue-mail";
import { asSystem } from "#lib/tenancy/as-system";

/** So many days before a deadline the platform's own people are told of it, once each. */
const tellDays = [7, 1] as const;
const dayMs = 86_400_000;
/** So many are named in one mail; the console has them all. */
const named = 30;

/**
 * Tells the platform's people what is about to stop for whom: an alert for each account and
 * deadline, and one mail to each of them with all that is new. What was told is a fact, so no run
 * tells it again; a run finds nothing to tell where another has.
 */
export async function tellDeadlines(ctx: Context, effects: Effects): Promise<number> {
  const now = ctx.now();
  const system = asSystem(ctx);
  return transact(system, "connect.tell-deadlines", async (tx) => {
    const asked = await readAsked(tx, now, tellDays[0]);
    const told = await keepNew(
      tx,
      asked.map((one) => foundIn(one, ctx)),
    );
    if (told.length === 0) return 0;
    await effects(tx, told, ctx);
    await mailDigest(tx, ctx, told);
    return told.length;
  });
}

function foundIn({ tenantId, accountId, dueAt, object }: Asked, ctx: Context): Found {
  const now = ctx.now();
  const due = dueAt!.toISOString();
  const days = tellDays.findLast((some) => dueAt!.getTime() - now.getTime() <= some * dayMs)!;
  const fact: Fact = {
    ...{ kind: "account.deadline_near", reference: `account:${accountId}:near:${due}:${days}` },
    ...{ tenantId, data: { accountId, dueAt: due, ...missingIn(object) } },
  };
  const seen = { id: accountId, account: "", object: null, isDeleted: false, eventId: null };
  return { seen: { ...seen, instant: now, traceId: ctx.traceId }, facts: [fact] };
}

/** To whoever may look after accounts: the nearest deadline first, a line for each tenant. */
async function mailDigest(tx: Tx, ctx: Context, told: readonly Fact[]): Promise<void> {
  const people = await tx.user.findMany({
    where: { platformRole: { in: ["admin", "finance", "support"] } },
    select: { id: true, email: true },
  });
  const tenants = await tx.tenant.findMany({
    where: { id: { in: told.flatMap(({ tenantId }) => tenantId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  const lines = told.slice(0, named).map(({ tenantId, data }) => {
    return lineOf(names.get(tenantId ?? "") ?? "A tenant", data as Record<string, string>);
  });
  const more = told.length - lines.length;
  const count = told.length === 1 ? "A tenant's deadline is" : `${told.length} deadlines are`;
  for (const { id, email } of people) {
    await queueMail(tx, ctx, {
      ...{ template: "deadline-digest", to: email },
      reference: `${told[0]!.reference}:digest:${id}`,
      data: {
        heading: `${count} near at Stripe`,
        lines: more > 0 ? [...lines, `And ${more} more.`] : lines,
        path: "/admin/attention?kind=requirements_due",
      },
    });
  }
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

function lineOf(tenant: string, { dueAt, names, stops }: Record<string, string>): string {
  const by = day.format(new Date(dueAt!));
  const what = stops ? `${stops} stop` : "what hangs on it stops";
  return `${tenant}: ${what} on ${by}. Missing: ${names}.`;
}
