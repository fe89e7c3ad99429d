import { z } from "zod";
import { invoiceAnswer } from "#lib/billing/answers";
import { invoicePageAnswer } from "#lib/billing/invoice-answers";
import { balances } from "#lib/payments/answers";
import { taxStandings } from "#lib/payments/details";
import { type ActKind, actWords } from "#lib/payments/money-act";
import { amount, instant } from "#lib/wire";

/** What the API answers the platform about money it gives back, and whose invoice it is. */

export const moneyActAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(Object.keys(actWords) as [ActKind, ...ActKind[]]),
    status: z
      .enum(["requested", "done", "failed"])
      .describe("`requested`: Stripe is asked, and asked again until it answers."),
    tenantId: z.string(),
    invoiceId: z.string().nullable(),
    amount: amount.nullable(),
    reason: z.string(),
    requestedAt: instant,
    requestedById: z.string(),
    stripeId: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "MoneyAct" });

const actWithName = moneyActAnswer.extend({ by: z.string().describe("Who asked for it.") });

export const tenantMoneyAnswer = z
  .object({
    customer: z.object({ balances, tax: z.enum(taxStandings), currency: z.string() }).nullable(),
    acts: z.array(actWithName),
  })
  .meta({ id: "TenantMoney" });

export const creditPreviewAnswer = z
  .object({
    total: amount,
    tax: amount,
    takenOff: amount.describe("Taken off what is still due."),
    refunded: amount,
    toBalance: amount,
    outside: amount.describe("Given back by other means than Stripe."),
    dueAfter: amount,
  })
  .meta({ id: "CreditPreview" });

export const tenantInvoiceAnswer = invoiceAnswer
  .extend({ tenantId: z.string(), tenant: z.string().describe("The tenant's name.") })
  .meta({ id: "TenantInvoice" });

export const tenantInvoicePageAnswer = invoicePageAnswer
  .extend({
    tenant: z.object({ id: z.string(), name: z.string() }),
    acts: z.array(actWithName),
  })
  .meta({ id: "TenantInvoicePage" });

export const refundableAnswer = z
  .object({
    intentId: z.string(),
    paid: amount,
    left: amount.describe("What can still be given back: send it as `seenMinor`."),
    isDisputed: z.boolean(),
  })
  .meta({ id: "Refundable" });
