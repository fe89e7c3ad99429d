import { setTimeout as pause } from "node:timers/promises";
import pLimit from "p-limit";
import type { Context } from "#lib/context";
import { convergers } from "#lib/dispatch/stripe-objects";
import { awaitInbox } from "#lib/events/await-inbox";
import { backfillEvents } from "#lib/events/backfill-events";
import { countDue } from "#lib/events/claim";
import { partitionCount } from "#lib/events/delivery";
import { startInbox } from "#lib/events/inbox-worker";
import { gatewayOf, leaseMs, startCrew } from "#scripts/chaos/crew";
import type { Lane } from "#scripts/chaos/lane";
import { createPostman, type Tally } from "#scripts/chaos/postman";
import { createRandom, type Random } from "#scripts/chaos/random";
import { drawStory } from "#scripts/chaos/stories";
import { openStripeWorld, type StripeWorld } from "#scripts/chaos/stripe-world";
import { type Fault, verify, whatWasDropped } from "#scripts/chaos/verify";
import { clearUp, worsen } from "#scripts/chaos/weather";

export type Order = {
  seed: number;
  /** The schedules of the batch, by their numbers. */
  first: number;
  count: number;
  /** Stops PostgreSQL hard while deliveries go on, and starts it again. */
  stopDatabase?: (() => Promise<void>) | undefined;
};
export type Batch = Omit<Tally, "acknowledged"> & {
  acknowledged: number;
  /** Events that backfill found. */
  found: number;
  deaths: number;
  stops: number;
  untold: string[];
  objects: number;
  /** How often an object was brought up to what its events said. */
  convergences: number;
  facts: number;
  faults: (Fault & { schedule: number | undefined })[];
};

const tellersAtOnce = 12;
const roundsAtMost = 40;
const hourMs = 3_600_000;
const catchUpMs = 4_000;
const everywhere = Array.from({ length: partitionCount }, (_, partition) => partition);

/** Tells so many schedules at once in a Stripe of their own, and looks what came of them. */
export async function runBatch(lane: Lane, stripeUrl: string, order: Order): Promise<Batch> {
  const random = createRandom(order.seed, order.first);
  const world = await openStripeWorld(lane, stripeUrl, random.chance(0.25));
  const crewWork = { ...lane, stripeUrl, secretKey: world.secretKey };
  const crew = startCrew(crewWork, lane.effects, random, 2);
  const { tally, told, stops } = await tellAndDeliver(lane, world, random, order);
  const deaths = crew.deaths();
  await crew.end();
  await clearUp(world);

  const dropped = await whatWasDropped(lane, tally.acknowledged);
  const found = await heal(lane, stripeUrl, world);
  const accounts = ["", ...world.tenants.map(({ account }) => account)];
  const gateway = gatewayOf({ secretKey: world.secretKey, stripeUrl });
  const { faults, ...counts } = await verify(lane, gateway, accounts, told.schedules);
  await world.act("reset");
  return {
    ...{ ...tally, acknowledged: tally.acknowledged.size, found, deaths, stops, ...counts },
    untold: told.untold,
    faults: [...dropped, ...faults].map((fault) => ({
      ...fault,
      schedule: scheduleOf(told, fault),
    })),
  };
}

type Told = { untold: string[]; schedules: Map<string, number> };

/** The schedule a fault is of: its object's, which a fact's reference names in its middle. */
function scheduleOf({ schedules }: Told, { about }: Fault): number | undefined {
  return schedules.get(about) ?? schedules.get(about.split(":")[1] ?? "");
}

async function tellAndDeliver(lane: Lane, world: StripeWorld, random: Random, order: Order) {
  const postman = createPostman(lane.doors, random);
  const told: Told = { untold: [], schedules: new Map() };
  const telling = pLimit(tellersAtOnce);
  let tellers = tellersOf(world, told, order);
  let stops = 0;
  if (random.chance(0.3)) await world.act("clock", { advance_seconds: 600 });
  for (let round = 0; tellers.length > 0 || postman.left() > 0; round += 1) {
    if (round === roundsAtMost) throw new Error(`${postman.left()} letters were never taken`);
    if (round < 4) await worsen(world, random);
    const going = await Promise.all(tellers.map((teller) => telling(teller)));
    tellers = tellers.filter((_, place) => going[place]);
    await world.act("settle");
    postman.load(lane.office.take(), round);
    const stopping = round === 1 && order.stopDatabase ? order.stopDatabase() : undefined;
    if (stopping) stops += 1;
    await Promise.all([postman.walk(round), stopping]);
    if (stopping || (round < 6 && random.chance(0.7))) await catchUp(lane.system);
    await world.act("clock", { advance_seconds: random.int(0, 3) });
  }
  return { tally: postman.tally, told, stops };
}

/** Lets the crew handle what is due, unless that takes it too long. */
async function catchUp(system: Context): Promise<void> {
  const until = Date.now() + catchUpMs;
  // A connection may only now be found to have gone with its database.
  const isDue = () =>
    countDue(system, everywhere).then(
      (count) => count > 0,
      () => true,
    );
  while (Date.now() < until && (await isDue())) await pause(50);
}

/** A teller goes on with its story up to where time passes; false: the story is over. */
type Teller = () => Promise<boolean>;

function tellersOf(world: StripeWorld, told: Told, { seed, first, count }: Order): Teller[] {
  return Array.from({ length: count }, (_, place) => {
    const schedule = first + place;
    const random = createRandom(seed, schedule, 1);
    const { name, tell } = drawStory(random);
    const { tenantId, account } = random.pick(world.tenants);
    const story = tell({
      ...{ stripe: world.stripe, act: world.act, priceId: world.priceId, random },
      ...{ tenantId, account, on: { stripeAccount: account } },
      mark: { schedule: String(schedule) },
      note: (id) => told.schedules.set(id, schedule),
    });
    return async () => {
      try {
        return !(await story.next()).done;
      } catch (error) {
        told.untold.push(`${schedule} (${name}): ${error}`);
        return false;
      }
    };
  });
}

/** What never came is found, what was put off is due, and a healthy worker does the rest. */
async function heal(lane: Lane, stripeUrl: string, world: StripeWorld): Promise<number> {
  const gateway = gatewayOf({ secretKey: world.secretKey, stripeUrl });
  let found = 0;
  for (const account of ["", ...world.tenants.map((tenant) => tenant.account)]) {
    found += (await backfillEvents(lane.system, gateway, account, false)).missing;
  }
  const later = { ...lane.system, now: () => new Date(Date.now() + hourMs) };
  const worker = startInbox(later, { convergers, effects: lane.effects, gateway, leaseMs });
  await awaitInbox(later);
  await worker.stop();
  return found;
}
