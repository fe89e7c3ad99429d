import { z } from "zod";
import { invoiceAnswer } from "#lib/billing/answers";
import { declineKinds } from "#lib/billing/invoice-decline";
import { amount, instant } from "#lib/wire";

/** What the API answers about one invoice, with all that hangs on it. */

export const declineAnswer = z.enum(declineKinds);
const words = z.object({
  type: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});

const tax = z.object({
  amount,
  percent: z.string().nullable().describe("The rate, a decimal; null where none is known."),
  name: z.string().nullable().describe("As the rate is printed, such as VAT."),
  country: z.string().nullable(),
  state: z.string().nullable(),
  isInside: z.boolean().describe("Part of the amount, not on top of it."),
  reason: z
    .string()
    .nullable()
    .describe("How it came about: standard_rated, reverse_charge, customer_exempt, …"),
});

const line = z.object({
  id: z.string(),
  description: z.string(),
  quantity: z.number().nullable(),
  amount,
  discount: amount.describe("What a discount took off."),
  tax: amount,
  isTaxInside: z.boolean().describe("The tax is part of the amount, not on top of it."),
  taxes: z.array(tax).describe("The tax of the line by its rates."),
  periodStart: instant,
  periodEnd: instant,
});

const sums = z.object({
  subtotal: amount,
  discounts: amount,
  taxes: z.array(tax),
  creditedBefore: amount,
  creditedAfter: amount,
  balanceApplied: amount.describe("What the customer's balance took over."),
  remaining: amount,
});

const attempt = z.object({
  id: z.string(),
  intentId: z.string().nullable(),
  status: z.enum(["succeeded", "pending", "failed"]),
  amount,
  refunded: amount,
  at: instant,
  method: words.nullable(),
  decline: declineAnswer.nullable(),
  receiptUrl: z.string().nullable(),
  isDisputed: z.boolean(),
});

const creditNote = z.object({
  id: z.string(),
  number: z.string(),
  total: amount,
  isVoid: z.boolean(),
  reason: z.string().nullable(),
  memo: z.string().nullable(),
  takenOff: amount,
  refunded: amount,
  toBalance: amount,
  at: instant,
});

export const invoicePageAnswer = invoiceAnswer
  .extend({
    billedTo: z.object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      address: z.array(z.string()),
      taxIds: z.array(z.object({ type: z.string(), value: z.string() })),
    }),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    automaticTax: z.enum(["complete", "failed", "requires_location_inputs", "off"]),
    taxExempt: z.enum(["none", "exempt", "reverse"]),
    isChargedAutomatically: z.boolean(),
    voidedAt: instant.nullable(),
    uncollectibleAt: instant.nullable(),
    lines: z.array(line),
    sums,
    tries: z.array(attempt).describe("Every try to take the money, the first first."),
    underWay: z.enum(["processing", "requires_action"]).nullable(),
    creditNotes: z.array(creditNote),
    refunds: z.array(
      z.object({
        id: z.string(),
        amount,
        status: z.string(),
        reason: z.string().nullable(),
        at: instant,
      }),
    ),
    attemptCount: z.int(),
    nextAttemptAt: instant.nullable(),
    hostedUrl: z.string().nullable().describe("Stripe's own page of the invoice."),
    hasPdf: z.boolean(),
  })
  .meta({ id: "InvoiceInFull" });
