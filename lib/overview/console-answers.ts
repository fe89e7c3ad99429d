import { z } from "zod";
import { invoiceAnswer, subscriptionAnswer, subscriptionStatus } from "#lib/billing/answers";
import { cancelReasons } from "#lib/billing/cancel-offers";
import { planAnswer } from "#lib/billing/plan-answers";
import { draftProblemAnswer, publishingAnswer, versionStatusAnswer } from "#lib/catalog/answers";
import { planKinds } from "#lib/catalog/plan";
import { activityAnswer, overviewMemberAnswer } from "#lib/overview/answers";
import { inboxStateAnswer } from "#lib/overview/event-answers";
import { amount, instant, wholeNumber } from "#lib/wire";

/** What the API answers the platform's people about tenants, plans and the system. */

const planName = z.object({ key: z.string(), name: z.string() });
const owed = z.object({ count: z.int(), amounts: z.array(amount) });

export const adminOverviewAnswer = z
  .object({
    tenants: z.object({
      total: z.int(),
      newPerWeek: z.array(z.object({ week: instant, count: z.int() })),
    }),
    subscriptions: z.object({
      active: z.int(),
      pastDue: z.int(),
      byPlan: z.array(planName.extend({ count: z.int() })),
    }),
    mrr: z.array(amount).describe("Monthly recurring revenue by currency; usage apart."),
    invoices: z.object({ open: owed, pastDue: owed }),
    inbox: inboxStateAnswer,
    books: z
      .object({
        state: z.enum(["breaks", "unchecked", "in lockstep"]),
        open: z.int().describe("Breaks that are open."),
        worth: z.array(amount).describe("What they are worth together, by currency."),
        books: z.int(),
        unchecked: z.int().describe("Accounts that were not compared lately."),
        outOfReach: z.int().describe("Disconnected accounts, which nobody can compare any more."),
        comparedAt: instant.nullable().describe("When the one that waits longest was compared."),
      })
      .describe("Whether the books and Stripe say the same."),
    openChecks: z.int().describe("Invoices that differ, and nobody has looked into."),
    openAlerts: z.int(),
  })
  .meta({ id: "ConsoleOverview" });

export const systemAnswer = z
  .object({
    database: z.object({
      version: z.string(),
      sizeBytes: wholeNumber,
      connections: z.int(),
    }),
    stripe: z.object({
      isLocal: z.boolean(),
      isLive: z.boolean(),
      apiBase: z.string().nullable(),
    }),
    mail: z.object({ isSmtp: z.boolean() }),
    inbox: inboxStateAnswer,
    workers: z.array(
      z.object({ id: z.string(), isAlive: z.boolean(), until: instant, partitions: z.int() }),
    ),
    jobs: z.array(
      z.object({
        name: z.string(),
        waiting: z.int(),
        failing: z.int(),
        dead: z.int(),
        oldestAt: instant.nullable(),
        lastError: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "System" });

export const foundAnswer = z.object({
  items: z.array(
    z.object({ kind: z.string(), label: z.string(), detail: z.string(), href: z.string() }),
  ),
});

export const tenantRowAnswer = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    country: z.string(),
    createdAt: instant,
    plan: planName,
    status: z.union([subscriptionStatus, z.literal("none")]),
    seats: z.int().nullable(),
    members: z.int(),
    stripeAccountId: z.string().nullable(),
  })
  .meta({ id: "TenantRow" });

export const tenantPageAnswer = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    country: z.string(),
    createdAt: instant,
    stripeAccountId: z.string().nullable(),
    stripeCustomerId: z.string().nullable(),
    members: z.array(overviewMemberAnswer),
    subscription: subscriptionAnswer.extend({ plan: planName.nullable() }).nullable(),
    leaving: z
      .object({ reason: z.enum(cancelReasons), comment: z.string().nullable(), at: instant })
      .nullable()
      .describe("Why the plan was or is being ended, where somebody said."),
    invoices: z.array(invoiceAnswer),
    checkouts: z.array(
      z.object({
        id: z.string(),
        plan: z.string(),
        status: z.string(),
        seats: z.int(),
        createdAt: instant,
      }),
    ),
    timeline: z.array(activityAnswer),
  })
  .meta({ id: "TenantPage" });

export const adminPlanAnswer = z
  .object({
    id: z.string(),
    key: z.string(),
    kind: z.enum(planKinds),
    name: z.string(),
    description: z.string(),
    besidePlans: z.array(z.string()).describe("Of an add-on: the plans it is bought beside."),
    mostQuantity: z.int().describe("Of an add-on: how many a workspace may have."),
    position: z.int(),
    retiredAt: instant.nullable().describe("Since when it is not offered any more."),
    versions: z.array(
      planAnswer.extend({
        number: z.int(),
        status: versionStatusAnswer,
        createdAt: instant,
        publishedAt: instant.nullable(),
        stripeProductId: z.string().nullable(),
        prices: z
          .object({ published: z.int(), all: z.int() })
          .describe("Prices that Stripe knows, of all."),
        subscribers: z.int(),
      }),
    ),
  })
  .meta({ id: "PlanInFull" });

export const versionAnswer = z
  .object({
    id: z.string(),
    plan: z.object({
      ...{ id: z.string(), key: z.string(), kind: z.enum(planKinds), name: z.string() },
      besidePlans: z.array(z.string()),
    }),
    number: z.int(),
    status: versionStatusAnswer,
    createdAt: instant,
    publishedAt: instant.nullable(),
    retiredAt: instant.nullable(),
    draft: planAnswer
      .pick({ trialDays: true, trialNeedsCard: true, features: true, components: true })
      .extend({ revision: z.int().describe("Send it along, so that nobody's save is lost.") }),
    offer: planAnswer,
    problems: z.array(draftProblemAnswer),
    publishing: publishingAnswer.nullable(),
  })
  .meta({ id: "PlanVersion" });
