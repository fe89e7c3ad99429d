import pLimit from "p-limit";
import { view } from "#lib/db/transaction";
import { samplers } from "#lib/dispatch/stripe-objects";
import { keyOf, type ObjectKey } from "#lib/events/converger";
import { readDelivery } from "#lib/events/delivery";
import type { StripeGateway } from "#lib/stripe/gateway";
import { whatHappenedOtherThanOnce } from "#scripts/chaos/happened-once";
import type { Lane } from "#scripts/chaos/lane";
import { whatHasNoEntry } from "#scripts/chaos/no-entry";
import { factsBy } from "#scripts/chaos/oracle";

/** Something that must not be, and the object it is about. */
export type Fault = { kind: FaultKind; about: string; words: string };
export type FaultKind = "lost" | "doubled" | "differs" | "missing fact" | "false fact" | "stuck";

/** Which objects the batch made, as far as it knows. */
export type Made = { has(id: string): boolean };

type Told = { type: string; key: ObjectKey; event: Event };
type Event = { id: string; data: { object: unknown } };

const questionsAtOnce = 24;

/** Compares all that Stripe has in a world with all that is known of it here. */
export async function verify(
  lane: Lane,
  gateway: StripeGateway,
  accounts: readonly string[],
  made: Made,
): Promise<{ faults: Fault[]; objects: number; convergences: number; facts: number }> {
  const told = await readStripesEvents(gateway, accounts);
  const objects = new Map(told.map((one) => [`${one.type} ${keyOf(one.key)}`, one]));
  const live = await readLive(gateway, [...objects.values()]);
  const ids = [...new Set(told.map(({ key }) => key.id))];
  const facts = await view(lane.system, (tx) =>
    tx.fact.findMany({
      where: { objectId: { in: ids } },
      select: { reference: true, kind: true, tenantId: true },
    }),
  );
  // What a tenant may use, and how far its account came, are our own words: no object says them.
  const stripes = facts.filter(({ kind }) => !/^(entitlements|account)\./.test(kind));
  const faults = [
    ...(await whatIsLost(lane, told)),
    ...whatWasMadeTwice(live, made),
    ...(await whatIsStuck(lane)),
    ...(await whatDiffers(lane, live)),
    ...factsThatAreNot(told, live, new Set(stripes.map(({ reference }) => reference))),
    ...(await whatHappenedOtherThanOnce(lane, facts)),
    ...(await whatHasNoEntry(lane, live)),
  ];
  const convergences = await countConvergences(lane, ids);
  return { faults, objects: live.length, convergences, facts: facts.length };
}

/** What was handled at one instant of one object was one convergence. */
async function countConvergences({ system }: Lane, ids: readonly string[]): Promise<number> {
  const [row] = await view(
    system,
    (tx) => tx.$queryRaw<[{ count: number }]>`
      select count(distinct (account, object_type, object_id, handled_at))::integer as count
      from inbox_events where object_id = any(${ids}::text[])`,
  );
  return row.count;
}

async function readStripesEvents(gateway: StripeGateway, accounts: readonly string[]) {
  const told: Told[] = [];
  for (const account of accounts) {
    for (let after: string | null = null; ; ) {
      const page = await gateway.listEvents(account, new Date(0), after);
      for (const listed of page.events) {
        const delivery = readDelivery(account ? { ...listed, account } : listed);
        if (!delivery) continue;
        const key = { account: delivery.account, id: delivery.objectId };
        told.push({ type: delivery.objectType, key, event: listed as unknown as Event });
      }
      after = page.next;
      if (after === null) break;
    }
  }
  return told;
}

type Live = Told & { object: unknown };

async function readLive(gateway: StripeGateway, objects: readonly Told[]): Promise<Live[]> {
  const asking = pLimit(questionsAtOnce);
  const known = objects.filter(({ type }) => samplers.has(type));
  return Promise.all(
    known.map((one) =>
      asking(async () => ({
        ...one,
        object: await samplers.get(one.type)!.fetch(gateway, one.key),
      })),
    ),
  );
}

/** What was acknowledged must be there by itself, before anything looks for what is missing. */
export async function whatWasDropped(lane: Lane, acknowledged: Iterable<string>): Promise<Fault[]> {
  const lost = await notStored(lane, [...acknowledged]);
  const words = "was acknowledged and is not there";
  return lost.map((about) => ({ kind: "lost", about, words }));
}

/** Whatever Stripe tells of must be in the inbox in the end. */
async function whatIsLost(lane: Lane, told: readonly Told[]): Promise<Fault[]> {
  const lost = await notStored(lane, [...new Set(told.map(({ event }) => event.id))]);
  return lost.map((about) => ({ kind: "lost", about, words: "was never found" }));
}

async function notStored({ system }: Lane, ids: readonly string[]): Promise<string[]> {
  const rows = await view(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`select id from inbox_events
      where id = any(${ids}::text[])`,
  );
  const stored = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !stored.has(id));
}

const madeByStories = ["customer", "product", "payment_intent", "transfer", "subscription"];

/** An object with a schedule's mark that the schedule never got: a request that was made twice. */
function whatWasMadeTwice(live: readonly Live[], made: Made): Fault[] {
  const marked = live.filter(({ type, object }) => {
    const { metadata } = (object ?? {}) as { metadata?: { schedule?: string } };
    return madeByStories.includes(type) && metadata?.schedule;
  });
  return marked
    .filter(({ key }) => !made.has(key.id))
    .map(({ key }) => ({ kind: "doubled", about: key.id, words: "nobody knows that it was made" }));
}

async function whatIsStuck({ system }: Lane): Promise<Fault[]> {
  const rows = await view(
    system,
    (tx) => tx.$queryRaw<{ id: string; status: string; error: string | null }[]>`
      select object_id as id, status::text, error from inbox_events
      where handled_at is null or dead_at is not null limit 20`,
  );
  return rows.map(({ id, status, error }) => {
    return { kind: "stuck", about: id, words: `${status}: ${error ?? "no error"}` };
  });
}

async function whatDiffers({ system }: Lane, live: readonly Live[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [type, group] of Map.groupBy(live, ({ type }) => type)) {
    const sampler = samplers.get(type)!;
    const rows = await view(system, (tx) =>
      sampler.readRows(
        tx,
        group.map(({ key }) => key),
      ),
    );
    for (const { key, object } of group) {
      const mirrored = rows.get(keyOf(key));
      const differences = mirrored ? sampler.compare(mirrored, object) : "there is no mirror";
      if (differences.length === 0) continue;
      const words = JSON.stringify(differences).slice(0, 400);
      faults.push({ kind: "differs", about: key.id, words: `${type}: ${words}` });
    }
  }
  return faults;
}

/** What Stripe has now must be a fact; what is a fact must have been so at some time. */
function factsThatAreNot(
  told: readonly Told[],
  live: readonly Live[],
  facts: ReadonlySet<string>,
): Fault[] {
  const due = live.flatMap(({ type, key, object }) => {
    const isGone = object === null || (object as { deleted?: boolean }).deleted;
    return isGone ? [] : factsBy(type, key.account, object);
  });
  const possible = new Set([
    ...due,
    ...told.flatMap(({ type, key, event }) => factsBy(type, key.account, event.data.object)),
  ]);
  return [
    ...due
      .filter((reference) => !facts.has(reference))
      .map((about) => ({ kind: "missing fact" as const, about, words: "is due and is no fact" })),
    ...[...facts]
      .filter((reference) => !possible.has(reference))
      .map((about) => ({ kind: "false fact" as const, about, words: "was never so at Stripe" })),
  ];
}
