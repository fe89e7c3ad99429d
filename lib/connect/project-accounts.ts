import { causes } from "#lib/connect/causes";
import { askToApply } from "#lib/connect/keep-holds";
import { instantAfter, lockAccount } from "#lib/connect/lock-account";
import {
  beyondReach,
  isAskedNow,
  profileOf,
  type Standing,
  standingOf,
  type V2Account,
} from "#lib/connect/standing";
import {
  type ConnectStatus,
  connectLifecycle,
  nextEvent,
  type StripesEvent,
} from "#lib/connect/status";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ConnectedAccount, Prisma } from "#lib/db/generated/client";
import { actAs } from "#lib/events/act-as";
import { type Fact, keyOf, type Owned } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { advance } from "#lib/lifecycle";

type Ours = Owned<V2Account> & { tenantId: string };
type Kept = Pick<ConnectedAccount, "status" | "since" | "activeAt" | "paymentsHeld">;
type Step = { from: ConnectStatus; to: ConnectStatus; event: StripesEvent; at: Date };

/**
 * Moves connected accounts to where Stripe's newest word has them, step by step, each step with its
 * cause, and says what became a fact by it. The platform's suspension stands until it is released.
 */
export async function projectAccounts(
  tx: Tx,
  seen: readonly Owned<V2Account>[],
  ctx: Context,
): Promise<Map<string, Fact[]>> {
  const facts = new Map<string, Fact[]>();
  const ours = seen.filter((one): one is Ours => one.tenantId !== null);
  // In order, so that two transactions never wait for each other.
  for (const one of ours.toSorted((a, b) => a.tenantId.localeCompare(b.tenantId))) {
    const told = standingOf(one.object);
    // What Stripe has no more for us was closed, as it said before, or is out of our reach.
    const standing = one.isDeleted ? beyondReach(told) : told;
    const found = await project(tx, one, standing, ctx);
    if (found.length > 0) facts.set(keyOf(one), found);
  }
  return facts;
}

async function project(tx: Tx, one: Ours, standing: Standing, ctx: Context): Promise<Fact[]> {
  const { tenantId } = one;
  const isKnown = (await tx.connectedAccount.count({ where: { tenantId } })) > 0;
  if (!isKnown && !standing.isConfigured) return [];
  await actAs(tx, "connect.follow-account", one.traceId);
  // Stripe's own instant; what was only asked for anew speaks for none.
  const told = one.instant.getTime() > 0 ? one.instant : ctx.now();
  const profile = profileOf(one.object) ?? "saas";
  const before = await lockAccount(tx, { tenantId, accountId: one.id, profile, since: told });
  const steps = stepsFrom(before, standing, told);
  // What was placed and ended while Stripe could not be told.
  if (steps.some(({ event }) => event === "reconnect")) await askToApply(tx, tenantId);
  const last = steps.at(-1);
  const activation = steps.find(({ to }) => to === "active");
  await tx.connectedAccount.update({
    where: { tenantId },
    data: {
      ...countsOf(standing),
      ...(last && { status: last.to, since: last.at }),
      ...(activation && { activeAt: before.activeAt ?? activation.at }),
    },
  });
  const rows = steps.map((step) => rowOf(step, one, standing));
  await tx.connectTransition.createMany({ data: rows });
  const facts: Fact[] = [];
  for (const { to } of steps.filter((step) => toldOf.has(step.to))) {
    // The first time it was active is one fact, the second another.
    const times = await tx.connectTransition.count({ where: { tenantId, to } });
    facts.push(factOf(to, times, one, standing));
  }
  return facts;
}

function stepsFrom(before: Kept, standing: Standing, told: Date): Step[] {
  const steps: Step[] = [];
  const kept = { wasActive: before.activeAt !== null, isHeld: before.paymentsHeld };
  for (let { status: from, since } = before; ; ) {
    const event = nextEvent(from, standing, kept);
    if (event === null) return steps;
    const to = advance(connectLifecycle, "account", from, event);
    const at = instantAfter({ since }, told);
    steps.push({ from, to, event, at });
    [from, since] = [to, at];
  }
}

function countsOf({ requirements, dueAt }: Standing) {
  const asked = requirements.filter(isAskedNow);
  const overdue = asked.filter(({ due }) => due === "past_due").length;
  return { asked: asked.length, overdue, dueAt };
}

type Row = Prisma.ConnectTransitionCreateManyInput & Step;

function rowOf(step: Step, one: Ours, standing: Standing): Row {
  const cause = causes[step.event](standing);
  const { tenantId, eventId } = one;
  return {
    ...{ id: newId("connectTransition", step.at), tenantId, ...step, cause, eventId },
    actor: "stripe",
  };
}

/** What an account has become that others act on. */
const toldOf: ReadonlySet<ConnectStatus> = new Set([
  ...(["active", "restricted", "disconnected", "closed"] as const),
]);

function factOf(to: ConnectStatus, times: number, one: Ours, { dueAt }: Standing): Fact {
  const { tenantId, id: accountId } = one;
  const data = { accountId, dueAt: dueAt?.toISOString() ?? null };
  return {
    kind: `account.${to}`,
    reference: `account:${accountId}:${to}:${times}`,
    tenantId,
    data,
  };
}
