import { z } from "zod";
import { breakKindNames, breakStatuses } from "#lib/reconciliation/break";
import { resolutionKindNames } from "#lib/reconciliation/resolution";
import { ruleAct, ruleConditions } from "#lib/reconciliation/rule";
import { instant, pageOf, wholeNumber } from "#lib/wire";

/** What the API answers about the books beside Stripe. */

const book = z.string().describe("`platform`, or the id of a connected account.");
const minor = wholeNumber.nullable();

export const breakAnswer = z
  .object({
    ...{ id: z.string(), book, tenantId: z.string().nullable() },
    whose: z.string().describe("Whose account it is."),
    check: z.string().describe("The question that was answered with no."),
    kind: z.enum(breakKindNames),
    reference: z.string().describe("What it is about at Stripe."),
    status: z.enum(breakStatuses),
    ...{ currency: z.string().nullable(), stripeMinor: minor, ledgerMinor: minor },
    differenceMinor: wholeNumber.describe("Stripe's less ours."),
    since: instant.describe("Since when it has been so."),
    ...{ foundAt: instant, seenAt: instant, goneAt: instant.nullable() },
    cause: z.string(),
    says: z.string().describe("Why it is so, as far as can be told."),
    mend: z.enum(resolutionKindNames).describe("What would mend it most simply."),
    expectedUntil: instant.nullable(),
    ruleKey: z.string().nullable().describe("The rule that decided about it."),
    ruleVersion: z.int().nullable(),
    ruleSays: z.string().nullable(),
  })
  .meta({ id: "Break" });

export const resolutionAnswer = z
  .object({
    ...{ id: z.string(), breakId: z.string(), kind: z.enum(resolutionKindNames) },
    status: z.enum(["proposed", "decided", "done", "failed", "rejected"]),
    ...{ note: z.string(), detail: z.unknown(), proposedBy: z.string(), proposedAt: instant },
    isOwn: z.boolean().describe("You proposed it, so somebody else has to agree."),
    ...{ decidedBy: z.string().nullable(), decidedAt: instant.nullable() },
    isByTwo: z.boolean().describe("Whether another decided than proposed it."),
    doneAt: instant.nullable(),
    entry: z.string().nullable().describe("The reference of the entry it posted."),
    error: z.string().nullable(),
  })
  .meta({ id: "Resolution" });

export const breakPageAnswer = breakAnswer
  .extend({
    evidence: z
      .object({ stripe: z.unknown(), mirror: z.unknown(), entry: z.unknown() })
      .describe("Stripe's object, our mirror of it, and our entries, as they were found."),
    resolutions: z.array(resolutionAnswer),
  })
  .meta({ id: "BreakPage" });

export const breaksAnswer = pageOf(breakAnswer);

export const runAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(["continuous", "full"]).describe("Of what changed, or of everything."),
    status: z.enum(["running", "done", "stopped"]),
    onlyBook: z.string().nullable(),
    startedById: z.string().nullable(),
    ...{ startedAt: instant, finishedAt: instant.nullable(), progressedAt: instant },
    ...{ books: z.int(), booksDone: z.int(), book: z.string(), step: z.int(), cursor: z.string() },
    asked: wholeNumber.describe("How much was compared."),
    found: z.int().describe("How much of it did not hold."),
    ...{ spentMs: z.int(), error: z.string().nullable() },
  })
  .meta({ id: "ReconciliationRun" });
export const runsAnswer = pageOf(runAnswer);

export const ruleAnswer = z
  .object({
    ...{ key: z.string(), version: z.int(), title: z.string(), reason: z.string() },
    ...{ conditions: ruleConditions, act: ruleAct, isActive: z.boolean() },
    ...{ createdById: z.string().nullable(), createdAt: instant },
  })
  .meta({ id: "ReconciliationRule" });

export const previewAnswer = z
  .object({
    ...{ days: z.int(), lookedAt: z.int(), matched: z.int(), open: z.int() },
    settledInTime: z.int().describe("Gone again before the rule's time was over."),
    takenByOthers: z.int().describe("Decided by a rule that comes first."),
    examples: z.array(
      z.object({
        ...{ id: z.string(), book, kind: z.enum(breakKindNames), reference: z.string() },
        ...{ currency: z.string().nullable(), differenceMinor: wholeNumber },
      }),
    ),
  })
  .meta({ id: "RulePreview" });

export const standingAnswer = z
  .object({
    checks: z.array(
      z.object({
        ...{ check: z.string(), question: z.string(), of: z.string() },
        ...{ asked: wholeNumber, broken: z.int(), checkedAt: instant.nullable() },
      }),
    ),
    books: z.array(
      z.object({
        ...{ book, whose: z.string(), open: z.int(), expected: z.int() },
        ...{ isInLockstep: z.boolean(), checkedAt: instant.nullable() },
        balances: z.array(
          z.object({
            ...{ book: z.string(), currency: z.string() },
            ...{ stripeMinor: wholeNumber, ledgerMinor: wholeNumber },
            ...{ cutoff: z.string(), cutoffAt: instant, checkedAt: instant },
          }),
        ),
      }),
    ),
    clearing: z.array(
      z.object({
        currency: z.string(),
        ...{ fresh: wholeNumber, older: wholeNumber, broken: wholeNumber },
      }),
    ),
    open: z.int(),
    lastPass: runAnswer.nullable(),
    running: runAnswer.nullable(),
  })
  .meta({ id: "ReconciliationStanding" });

export const reportAnswer = z
  .object({
    ...{ id: z.string(), source: z.enum(["reporting", "upload"]), book, type: z.string() },
    ...{ fromAt: instant.nullable(), toAt: instant.nullable() },
    status: z.enum(["asked", "reading", "compared", "failed"]),
    ...{ fileName: z.string().nullable(), stripeRunId: z.string().nullable() },
    rows: z.int().describe("Lines of the file."),
    matched: z.int().describe("Lines that say what we hold."),
    ...{ found: z.int(), askedById: z.string().nullable(), askedAt: instant },
    ...{ comparedAt: instant.nullable(), error: z.string().nullable() },
  })
  .meta({ id: "StripeReport" });
