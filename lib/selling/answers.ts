import { z } from "zod";
import { feeRules, refundReasons } from "#lib/selling/input";
import { chargeKinds } from "#lib/selling/kind";
import { amount, currency, instant, wholeNumber } from "#lib/wire";

/** What the API answers about payment links, payments, customers and fees. */

const kind = z.enum(chargeKinds).describe("How the money moves to the account.");

export const linkAnswer = z
  .object({
    id: z.string(),
    token: z.string().describe("The end of its address: `/pay/{token}`."),
    status: z.enum(["active", "paused", "archived"]),
    name: z.string(),
    description: z.string(),
    ...{ kind, currency },
    price: z.union([z.object({ fixed: amount }), z.object({ least: amount, most: amount })]),
    mostQuantity: z.number(),
    mostPayments: z.number().nullable(),
    collectsAddress: z.boolean(),
    collectsPhone: z.boolean(),
    thanks: z.string(),
    createdAt: instant,
  })
  .meta({ id: "PaymentLink" });
export const paidLinkAnswer = linkAnswer
  .extend({ payments: z.number(), taken: amount })
  .meta({ id: "PaidLink" });
const whyNot = z.string().nullable().describe("Why the account takes no payments now.");
export const linksAnswer = z.object({
  rows: z.array(paidLinkAnswer),
  next: z.string().nullable(),
  whyNot,
});
export const linkPageAnswer = paidLinkAnswer.extend({ whyNot });

export const saleAnswer = z
  .object({
    id: z.string().describe("Stripe's id of the charge."),
    state: z.enum(["succeeded", "failed", "refunded", "part_refunded", "disputed"]),
    kind,
    createdAt: instant,
    gross: amount,
    fee: amount.describe("What the platform keeps of it now."),
    stripeFee: amount.nullable().describe("Null while Stripe has not said."),
    refunded: amount,
    net: amount.nullable().describe("What stays with the workspace."),
    payoutId: z.string().nullable(),
    customer: z
      .object({ id: z.string(), email: z.string(), name: z.string().nullable() })
      .nullable(),
    link: z.object({ id: z.string(), name: z.string() }).nullable(),
    method: z.string().nullable(),
    country: z.string().nullable(),
  })
  .meta({ id: "Sale" });

export const refundAnswer = z
  .object({
    id: z.string(),
    saleId: z.string(),
    status: z.enum(["requested", "done", "failed"]),
    amount,
    returnsFee: z.boolean(),
    reason: z.string().nullable().describe(refundReasons.join(", ")),
    note: z.string(),
    requestedAt: instant,
    requestedById: z.string(),
    stripeRefundId: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "SaleRefund" });

const step = z.union([
  z.object({ kind: z.literal("percent"), percent: z.string(), minor: z.string() }),
  z.object({
    kind: z.enum(["fixed", "rounded", "least", "most", "whole"]),
    minor: z.string(),
  }),
]);
export const whyAnswer = z
  .object({
    rule: z.string().nullable(),
    tier: z.number(),
    steps: z.array(step).describe("Each part of the sum, in minor units, as it was added up."),
    passed: z.array(
      z.object({
        rule: z.string(),
        because: z.enum(["plans", "methods", "countries", "currencies"]),
      }),
    ),
    plan: z.string().nullable(),
    volumeMinor: wholeNumber,
  })
  .meta({ id: "FeeExplanation" });
export const saleDetailAnswer = saleAnswer
  .extend({
    why: whyAnswer.nullable().describe("Null where the payment was made elsewhere."),
    policyNumber: z.number().nullable(),
    due: amount.describe("The fee as it was when it was paid."),
    taken: amount.describe("What Stripe was asked to take before it was known how it is paid."),
    settling: z.enum(["done", "waiting", "failed"]),
    left: amount.describe("What can still be given back."),
    refunds: z.array(refundAnswer),
    receiptUrl: z.string().nullable(),
  })
  .meta({ id: "SaleDetail" });
export const refundPreviewAnswer = z
  .object({
    ...{ amount, left: amount, returnsFee: z.boolean() },
    ...{ customer: amount, tenant: amount, platform: amount, feeBack: amount },
    stripeKeeps: amount.nullable(),
    payoutId: z.string().nullable(),
    balanceAfter: amount.describe("Below zero the next payments fill it first."),
  })
  .meta({ id: "RefundPreview" });

export const buyerAnswer = z
  .object({
    ...{ id: z.string(), email: z.string(), name: z.string().nullable() },
    ...{ firstAt: instant, lastAt: instant, payments: z.number(), paid: z.array(amount) },
  })
  .meta({ id: "Customer" });

export const policyAnswer = z
  .object({
    id: z.string(),
    number: z.number().nullable(),
    status: z.enum(["draft", "published", "retired"]),
    isInForce: z.boolean(),
    name: z.string(),
    rules: feeRules,
    returnsFee: z.boolean(),
    effectiveAt: instant.nullable(),
    publishedAt: instant.nullable(),
    retiredAt: instant.nullable(),
    createdAt: instant,
    revision: z.number(),
  })
  .meta({ id: "FeePolicy" });
export const simulationAnswer = z
  .object({
    ...{ from: instant, payments: z.number(), isCut: z.boolean() },
    currencies: z.array(z.object({ volume: amount, was: amount, now: amount, would: amount })),
    tenants: z.array(
      z.object({
        ...{ id: z.string(), name: z.string(), payments: z.number(), now: amount, would: amount },
      }),
    ),
    rules: z.array(
      z.object({
        ...{ rule: z.string().nullable(), payments: z.number(), would: z.array(amount) },
      }),
    ),
  })
  .meta({ id: "FeeSimulation" });
