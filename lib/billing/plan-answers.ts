import { z } from "zod";
import { subscriptionAnswer, subscriptionStatus } from "#lib/billing/answers";
import { componentKinds, intervals, planKinds, pricingModels } from "#lib/catalog/plan";
import { amount, currency, instant } from "#lib/wire";

/** What the API answers about plans, as a workspace is on them. */

const decimal = z.string().describe("An exact decimal.");
const interval = z.enum(intervals);

const price = z.object({
  currency,
  interval,
  model: z.enum(pricingModels),
  unitMinor: decimal.nullable(),
  tiers: z
    .array(z.object({ upTo: decimal.nullable(), unitMinor: decimal, flatMinor: decimal }))
    .nullable(),
  packageSize: decimal.nullable(),
  percent: decimal.nullable(),
  minimumMinor: decimal.nullable(),
  capMinor: decimal.nullable(),
});

export const planAnswer = z
  .object({
    key: z.string(),
    kind: z.enum(planKinds),
    name: z.string(),
    description: z.string(),
    features: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        limit: z.number().optional(),
        meterKey: z.string().optional(),
      }),
    ),
    trialDays: z.int(),
    trialNeedsCard: z.boolean(),
    besidePlans: z
      .array(z.string())
      .describe("Add-ons: the plans it is sold beside; none named is any."),
    mostQuantity: z.int().describe("Add-ons: how many of it one subscription may have."),
    versionId: z.string(),
    components: z.array(
      z.object({
        kind: z.enum(componentKinds),
        key: z.string(),
        name: z.string(),
        unit: z.string().nullable(),
        meterKey: z.string().nullable(),
        included: decimal.describe("Units of a period that cost nothing."),
        prices: z.array(price),
      }),
    ),
  })
  .meta({ id: "Plan" });

export const billingAnswer = z
  .object({
    plan: planAnswer.nullable(),
    addOns: z.array(z.object({ plan: planAnswer, quantity: z.int() })),
    subscription: subscriptionAnswer.nullable(),
    seats: z.int().nullable(),
    nextInvoiceEstimate: z
      .object({ amount, at: instant, isUsageExtra: z.boolean() })
      .nullable()
      .describe(
        "The plan and its seats at their prices, before discounts, tax and usage. What the next " +
          "invoice comes to: `GET /subscription/next-invoice`.",
      ),
    checkoutUnderWay: z
      .object({
        id: z.string(),
        status: z.enum(["opening", "open"]),
        planKey: z.string(),
        planName: z.string(),
        interval,
        currency: z.string(),
        seats: z.int(),
        addOns: z.array(z.object({ key: z.string(), quantity: z.int() })),
        url: z.string().nullable().describe("Stripe's page; null while it is being opened."),
        expiresAt: instant.nullable(),
      })
      .nullable(),
  })
  .meta({ id: "Billing" });

export const subscriptionStatusAnswer = z
  .object({
    planKey: z.string(),
    status: z.union([subscriptionStatus, z.literal("none")]),
    seats: z.int().nullable(),
    checkout: z.enum(["opening", "open", "none"]),
  })
  .meta({ id: "SubscriptionStatus" });

const terms = z.object({
  planKey: z.string(),
  planName: z.string(),
  versionId: z.string(),
  interval,
  currency: z.string(),
  seats: z.int().nullable(),
  addOns: z.array(z.object({ key: z.string(), name: z.string(), quantity: z.int() })),
});

export const changeAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(["plan", "pause", "resume", "cancel", "cancel_now", "undo_cancel", "discount"]),
    status: z
      .enum(["requested", "awaiting_payment", "scheduled", "applied", "failed", "undone"])
      .describe("`awaiting_payment`: the plan is as it was until its invoice is paid."),
    choice: z.union([
      z.object({
        kind: z.literal("plan"),
        from: terms,
        to: terms,
        timing: z.enum(["now", "period_end"]),
        why: z.string(),
        code: z
          .object({ code: z.string(), words: z.string() })
          .optional()
          .describe("The promotion code that comes with it."),
      }),
      z.object({
        kind: z.literal("discount"),
        code: z.string().nullable(),
        words: z.string().nullable(),
        isOffer: z.boolean(),
      }),
      z.object({ kind: z.literal("pause"), months: z.number().nullable() }),
      z.object({ kind: z.enum(["resume", "cancel", "cancel_now", "undo_cancel"]) }),
    ]),
    reason: z.string().nullable(),
    dueNow: amount.nullable().describe("What its preview said was due at once. Null: nothing."),
    invoiceId: z.string().nullable().describe("What has to be paid for it to happen."),
    payUntil: instant.nullable(),
    effectiveAt: instant.nullable(),
    resumesAt: instant.nullable(),
    error: z.string().nullable().describe("Why it was not made, in words to act on."),
    requestedById: z.string().nullable(),
    createdAt: instant,
    settledAt: instant.nullable(),
  })
  .meta({ id: "PlanChange" });

export const listedChangeAnswer = changeAnswer
  .extend({
    requestedBy: z.string().nullable().describe("Their name. Null: nobody, the clock did."),
  })
  .meta({ id: "ListedPlanChange" });
