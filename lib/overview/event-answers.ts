import { z } from "zod";
import { inboxStatuses } from "#lib/events/inbox-filter";
import { actsOn, inboxActs } from "#lib/events/inbox-run";
import { instant, pageOf, wholeNumber } from "#lib/wire";

/** What the API answers about events as they arrive, and what is done about them. */

const tenant = z.object({ id: z.string(), name: z.string() }).nullable();
const account = z.string().describe("A connected account; empty for the platform's own.");

export const inboxEventAnswer = z
  .object({
    id: z.string(),
    type: z.string(),
    endpoint: z.string().describe("How it came: account, connect, backfill or resync."),
    account,
    objectType: z.string(),
    objectId: z.string(),
    status: z.enum(inboxStatuses),
    attempts: z.int(),
    error: z.string().nullable(),
    reason: z.string().nullable().describe("Why it was given up."),
    receivedAt: instant,
    retryAt: instant.nullable(),
    handledAt: instant.nullable(),
    handledBy: z.string().nullable(),
    lagMs: z.number().nullable().describe("From arrival to done; null while it waits."),
  })
  .meta({ id: "InboxEvent" });

export const inboxEventsAnswer = pageOf(inboxEventAnswer).extend({
  lookedBackTo: instant
    .nullable()
    .describe("So many were looked at that the search stopped here; it goes on at `next`."),
});

const act = z.object({
  key: z.string(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  what: z.string(),
});

const fact = z.object({
  reference: z.string(),
  kind: z.string(),
  at: instant,
  tenantId: z.string().nullable(),
  eventId: z.string().nullable(),
  effects: z.array(
    z.object({
      kind: z.enum(["mail", "webhook"]),
      id: z.string(),
      what: z.string(),
      to: z.string(),
      status: z.string(),
      at: instant,
    }),
  ),
});

const mirrored = z.object({
  table: z.string(),
  instant: instant.describe("For which instant at Stripe it speaks."),
  isDeleted: z.boolean(),
  tenantId: z.string().nullable(),
  columns: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    }),
  ),
  object: z.unknown().describe("As Stripe said it."),
  parts: z.array(z.object({ table: z.string(), count: z.int() })),
});

export const inboxEventPageAnswer = inboxEventAnswer
  .extend({
    partition: z.int(),
    instant: instant.describe("When it happened at Stripe."),
    traceId: z.string(),
    body: z.unknown().describe("As it arrived."),
    convergence: z.object({
      together: z.array(inboxEventAnswer).describe("Events of the same object done with it."),
      by: z.string().nullable(),
    }),
    mirrored: mirrored.nullable(),
    facts: z.array(fact).describe("What followed from it."),
    siblings: z.array(inboxEventAnswer).describe("Other events of the same object."),
    acts: z
      .object({ decisions: z.array(act), trace: z.array(act) })
      .nullable()
      .describe("Null for who may not read the audit log."),
    tenant,
  })
  .meta({ id: "InboxEventPage" });

export const deadGroupsAnswer = z
  .object({
    groups: z.array(
      z.object({
        error: z.string(),
        type: z.string(),
        count: z.int(),
        objects: z.int(),
        accounts: z.int(),
        firstAt: instant,
        lastAt: instant,
      }),
    ),
    looked: z.int(),
    isMore: z.boolean(),
  })
  .meta({ id: "DeadGroups" });

export const runCountAnswer = z
  .object({
    count: z.int(),
    isMore: z.boolean(),
    asOf: instant.describe("Send it along to act on just these."),
    phrase: z.string().nullable().describe("What must be typed to act on so many."),
  })
  .meta({ id: "RunCount" });

export const runAnswer = z
  .object({
    id: z.string(),
    act: z.enum(inboxActs),
    status: z.enum(["running", "done", "stopped"]),
    filter: z.object({
      status: z.enum(actsOn.replay),
      type: z.string().optional(),
      account: z.string().optional(),
      q: z.string().optional(),
      from: z.string().optional(),
      to: z.string().optional(),
      error: z.string().optional(),
    }),
    expected: z.int(),
    done: z.int(),
    reason: z.string().nullable(),
    error: z.string().nullable(),
    startedAt: instant,
    finishedAt: instant.nullable(),
    startedBy: z.string(),
    isStill: z.boolean().describe("It should move and does not."),
  })
  .meta({ id: "InboxRun" });

const bounded = z.object({ count: z.int(), isMore: z.boolean() });
export const inboxStateAnswer = z
  .object({
    waiting: bounded,
    dead: bounded,
    recent: bounded,
    stored: z.number(),
    p50Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
    oldestWaitingMs: z.number().nullable(),
    arriving: z.number(),
    handling: z.number(),
    workers: z.int(),
  })
  .meta({ id: "InboxState" });

export const inboxAnswer = inboxStateAnswer
  .extend({
    crew: z.array(
      z.object({
        id: z.string(),
        isAlive: z.boolean(),
        since: instant.nullable(),
        until: instant,
        partitions: z.int().describe("How many of the inbox's parts it has."),
        handled: wholeNumber,
        perSecond: z.number(),
      }),
    ),
  })
  .meta({ id: "Inbox" });
