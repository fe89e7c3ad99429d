import { z } from "zod";
import { currency, instant, pageOf, wholeNumber } from "#lib/wire";

/** What the API answers about moving subscribers between versions, and about trying one. */

const version = z.object({
  id: z.string(),
  planKey: z.string(),
  planName: z.string(),
  number: z.int(),
});

export const migrationAnswer = z
  .object({
    id: z.string(),
    from: version,
    to: version,
    status: z.enum([
      ...["counting", "ready", "running", "paused", "finished"],
      ...["rolling_back", "rolled_back", "canceled"],
    ] as const),
    timing: z.enum(["now", "renewal"]),
    stagePercent: z.int().describe("How many of its subscribers it may reach so far."),
    error: z.string().nullable().describe("Why it stands still."),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    counts: z
      .object({
        pending: z.int(),
        moving: z.int(),
        scheduled: z.int(),
        moved: z.int(),
        skipped: z.int(),
        failed: z.int(),
        returning: z.int(),
        rolled_back: z.int(),
      })
      .describe("How many subscribers stand where."),
    total: z.int(),
    totals: z
      .array(
        z.object({
          currency: z.string(),
          interval: z.string(),
          subscribers: z.int(),
          beforeMinor: wholeNumber,
          afterMinor: wholeNumber,
          more: z.int().describe("How many will pay more."),
          less: z.int(),
          same: z.int(),
        }),
      )
      .describe("What a period costs them all, before and after."),
  })
  .meta({ id: "Migration" });

export const migratedAnswer = z
  .object({
    subscriptionId: z.string(),
    tenantId: z.string(),
    tenantName: z.string(),
    position: z.int(),
    status: z.enum([
      ...["pending", "moving", "scheduled", "moved"],
      ...["skipped", "failed", "returning", "rolled_back"],
    ] as const),
    currency: z.string(),
    interval: z.string(),
    seats: z.int().nullable(),
    usage: z
      .record(z.string(), z.string())
      .describe("Units of the last whole period, by component."),
    beforeMinor: wholeNumber.nullable().describe("Null where it is not offered so."),
    afterMinor: wholeNumber.nullable(),
    soFarBeforeMinor: wholeNumber
      .nullable()
      .describe("What was used so far in the running period, by the old version's prices."),
    soFarAfterMinor: wholeNumber.nullable().describe("The same by the new version's prices."),
    warnings: z.array(z.string()).describe("What to know before it is moved."),
    previewMinor: wholeNumber
      .nullable()
      .describe("What the next invoice comes to by Stripe, where it was asked."),
    effectiveAt: instant.nullable(),
    reason: z.string().nullable(),
    settledAt: instant.nullable(),
  })
  .meta({ id: "MigratedSubscriber" });

const backTestAnswer = z
  .object({
    months: z.int(),
    subscribers: z.int(),
    periods: z.int(),
    notOffered: z.int().describe("Periods in a currency or interval it has no price in."),
    totals: z.array(
      z.object({
        currency,
        periods: z.int(),
        billedMinor: wholeNumber,
        wouldMinor: wholeNumber,
      }),
    ),
    rows: z.array(
      z.object({
        tenantId: z.string(),
        tenantName: z.string(),
        versionNumber: z.int(),
        currency,
        interval: z.string(),
        periods: z.int(),
        billedMinor: wholeNumber,
        wouldMinor: wholeNumber,
      }),
    ),
  })
  .meta({ id: "BackTest" });

export const backTestRunAnswer = z
  .object({
    id: z.string(),
    status: z.enum(["running", "finished", "failed"]),
    months: z.int(),
    revision: z.int().describe("The revision of the draft that was tried."),
    done: z.int().describe("How many subscribers were looked at."),
    total: z.int(),
    result: backTestAnswer.nullable().describe("What came of it, once it is finished."),
    error: z.string().nullable(),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: "BackTestRun" });

export const versionSubscribersAnswer = pageOf(
  z.object({
    id: z.string(),
    tenantId: z.string(),
    tenantName: z.string(),
    status: z.string(),
    currency: z.string(),
    interval: z.string(),
    seats: z.int().nullable(),
    currentPeriodEnd: instant.nullable(),
    createdAt: instant,
  }),
).extend({ total: z.int() });
