import { z } from "zod";
import { driftStatuses } from "#lib/overview/list-drifts";
import { instant, pageOf } from "#lib/wire";

/** What the API answers about keeping the mirrors true. */

const tenant = z.object({ id: z.string(), name: z.string() }).nullable();
const account = z.string().describe("A connected account; empty for the platform's own.");

export const driftAnswer = z
  .object({
    id: z.string(),
    status: z.enum(driftStatuses),
    account,
    objectType: z.string(),
    objectId: z.string(),
    foundAt: instant,
    settledAt: instant.nullable(),
    why: z.string(),
    differences: z.array(z.object({ path: z.string(), mirror: z.unknown(), live: z.unknown() })),
    decidedBy: z.string().nullable().describe("Null where policy did, or nobody has."),
  })
  .meta({ id: "Drift" });

export const driftsAnswer = pageOf(driftAnswer).extend({
  policy: z.enum(["auto", "propose", "off"]),
  proposed: z.int(),
});

export const backfillsAnswer = pageOf(
  z.object({
    account,
    tenant,
    state: z.enum(["running", "cut off", "failed", "done"]),
    knownUntil: instant.nullable(),
    cursor: z.string().nullable(),
    since: instant.nullable(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    seen: z.int(),
    missing: z.int(),
    error: z.string().nullable(),
  }),
).extend({
  totals: z.object({ accounts: z.int(), failed: z.int(), seen: z.int(), missing: z.int() }),
});

export const resyncAnswer = z
  .object({
    id: z.string(),
    status: z.enum(["running", "done", "stopped"]),
    account: z.string(),
    onlyTenantId: z.string().nullable(),
    tenant,
    accounts: z.int(),
    accountsDone: z.int(),
    step: z.int(),
    compared: z.int(),
    asked: z.int(),
    error: z.string().nullable(),
    startedAt: instant,
    progressedAt: instant,
    finishedAt: instant.nullable(),
    startedBy: z.string().nullable(),
    isStill: z.boolean().describe("It should move and does not."),
  })
  .meta({ id: "Resync" });

export const breakerAnswer = z
  .object({
    process: z.string(),
    account,
    tenant,
    route: z.string().describe("A kind of request, such as `GET /v1/customers/:id`."),
    status: z.enum(["closed", "open", "half_open"]),
    openings: z.int(),
    openedAt: instant.nullable(),
    retryAt: instant.nullable().describe("When one request is let through to see."),
    changedAt: instant,
    seenAt: instant,
    isStale: z.boolean().describe("The process has said nothing for long."),
  })
  .meta({ id: "Breaker" });
