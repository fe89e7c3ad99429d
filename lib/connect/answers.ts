import { z } from "zod";
import { profileNames } from "#lib/connect/profile";
import { connectLifecycle } from "#lib/connect/status";
import { instant } from "#lib/wire";

/** What the API answers about a workspace's payments account. */

const statuses = Object.keys(connectLifecycle) as [
  keyof typeof connectLifecycle,
  ...(keyof typeof connectLifecycle)[],
];
const due = z.enum(["past_due", "currently_due", "eventually_due"]);

export const connectStatus = z.enum(statuses);
export const startedAnswer = z.object({ status: connectStatus });
export const sessionAnswer = z.object({ clientSecret: z.string() });
export const linkAnswer = z.object({ url: z.string() });

export const requirementAnswer = z
  .object({
    description: z.string().describe("Stripe's name of what is asked."),
    resource: z.string().nullable().describe("The person or bank account it is about."),
    due,
    awaits: z.enum(["user", "stripe"]).describe("Who has to do something."),
    stops: z.array(z.object({ capability: z.string(), due })),
    errors: z.array(z.object({ code: z.string(), description: z.string() })),
    reasons: z.array(z.string()),
    isFuture: z.boolean().describe("Asked by a rule that is not in force yet."),
  })
  .meta({ id: "Requirement" });

const appealAnswer = z.object({
  ...{ id: z.string(), text: z.string(), madeAt: instant, answer: z.string().nullable() },
  ...{ decision: z.enum(["granted", "upheld"]).nullable(), decidedAt: instant.nullable() },
});

export const holdAnswer = z
  .object({
    ...{ id: z.string(), payments: z.boolean(), payouts: z.boolean(), reason: z.string() },
    rule: z
      .object({ name: z.string(), title: z.string(), version: z.int(), mend: z.string() })
      .nullable()
      .describe("Of a hold that a rule placed: which, and what would change it."),
    ...{ placedAt: instant, until: instant.nullable(), endedAt: instant.nullable() },
    ending: z.enum(["released", "expired", "appealed", "resolved"]).nullable(),
    endNote: z.string().nullable(),
    appeals: z.array(appealAnswer),
  })
  .meta({ id: "Hold" });

export const policyAnswer = z
  .object({
    ...{ identityFirst: z.boolean(), payoutPayments: z.int(), payoutDays: z.int() },
    ...{ confirmMonths: z.int(), confirmGraceDays: z.int() },
  })
  .meta({ id: "PayoutRules" });

export const accountAnswer = z
  .object({
    status: connectStatus,
    profile: z
      .enum(profileNames)
      .nullable()
      .describe("How it was set up at Stripe; null where it was not."),
    reconnectAskedAt: instant
      .nullable()
      .describe("When somebody asked that a disconnected account be connected again."),
    since: instant.nullable(),
    activeAt: instant.nullable().describe("When payments could first be taken."),
    suspension: z.string().nullable().describe("Why the platform stopped it."),
    dueAt: instant.nullable().describe("The soonest deadline of what is asked."),
    requirements: z.array(requirementAnswer),
    capabilities: z.array(
      z.object({ name: z.string(), status: z.string(), reasons: z.array(z.string()) }),
    ),
    paymentsHeld: z.boolean().describe("The platform stopped new payments."),
    payoutsHeld: z.boolean().describe("The platform stopped payouts."),
    holds: z.array(holdAnswer),
    confirm: z
      .object({ askedAt: instant, stopsAt: instant })
      .nullable()
      .describe("Somebody should say that the details are right."),
    timeline: z.array(
      z.object({
        ...{ id: z.string(), from: connectStatus, to: connectStatus },
        ...{ event: z.string(), cause: z.string(), at: instant },
      }),
    ),
  })
  .meta({ id: "PaymentsAccount" });
