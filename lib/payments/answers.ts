import { z } from "zod";
import { declineAnswer } from "#lib/billing/invoice-answers";
import { taxStandings } from "#lib/payments/details";
import { amount, instant, pageOf } from "#lib/wire";

/** What the API answers about paying, and about what stands on a bill. */

/** What a tenant has with us, a currency each. */
export const balances = z
  .array(amount)
  .describe("Positive: credit that the next invoice takes first.");

export const balanceAnswer = pageOf(
  z.object({
    id: z.string(),
    amount: amount.describe("Positive gave credit."),
    after: amount,
    type: z.string(),
    description: z.string().nullable(),
    invoiceId: z.string().nullable(),
    at: instant,
  }),
).extend({ balances });

export const billingDetailsAnswer = z
  .object({
    details: z.object({
      name: z.string(),
      email: z.string(),
      ccEmails: z.array(z.string()),
      phone: z.string(),
      line1: z.string(),
      line2: z.string(),
      city: z.string(),
      state: z.string(),
      postalCode: z.string(),
      country: z.string(),
      locale: z.string(),
      reference: z.string().describe("Such as a purchase order."),
    }),
    taxIds: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        value: z.string(),
        verification: z.enum(["pending", "verified", "unverified", "unavailable"]).nullable(),
      }),
    ),
    tax: z.enum(taxStandings),
    balances,
  })
  .meta({ id: "BillingDetails" });

export const methodsAnswer = z
  .object({
    methods: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        brand: z.string().nullable(),
        last4: z.string().nullable(),
        isDefault: z.boolean(),
        expiry: z.object({ month: z.int(), year: z.int() }).nullable(),
        expires: z.enum(["expired", "soon", "later", "never"]),
        wallet: z.string().nullable(),
        name: z.string().nullable(),
      }),
    ),
    liveSubscriptionId: z
      .string()
      .nullable()
      .describe("A subscription that is charged to the default, so that one must stay."),
  })
  .meta({ id: "PaymentMethods" });

export const payOutcomeAnswer = z
  .union([
    z.object({ kind: z.enum(["paid", "processing"]) }),
    z.object({ kind: z.literal("declined"), decline: declineAnswer }),
    z.object({ kind: z.literal("needs_action"), clientSecret: z.string() }),
  ])
  .meta({ id: "PayOutcome" });

/** What a browser goes on with at Stripe. */
export const clientSecretAnswer = z
  .object({
    publishableKey: z.string(),
    scriptUrl: z.string().nullable(),
    clientSecret: z.string(),
  })
  .meta({ id: "ForStripeJs" });
