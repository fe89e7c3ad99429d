import { z } from "zod";
import { changeAnswer } from "#lib/billing/plan-answers";
import { amount, instant, wholeNumber } from "#lib/wire";

/** What the API answers about a change before it is made. */

const sums = {
  subtotal: amount,
  discount: amount,
  tax: amount,
  total: amount,
  creditUsed: amount.describe("Credit of before that pays a part of it."),
  owedBefore: amount.describe("Left to pay from before, on top of it."),
  creditGiven: amount.describe("What becomes credit, where it comes to less than nothing."),
  carriedOver: amount.describe("Too little to charge: it is put on the next invoice."),
  due: amount,
};

const invoicePreview = z.object({
  lines: z.array(
    z.object({
      description: z.string(),
      amount,
      quantity: z.number().nullable(),
      tax: amount,
      discount: amount.describe("What discounts take off it."),
      isDiscountInside: z
        .boolean()
        .describe("A percentage off is in the amount already, as with time of a period."),
      isTaxInside: z.boolean().describe("The tax is part of the amount, not on top of it."),
      isProration: z.boolean(),
      from: instant,
      to: instant,
    }),
  ),
  ...sums,
});

const discountLeft = z.object({
  words: z.string(),
  duration: z.enum(["once", "repeating", "forever"]),
  endsAt: instant.nullable(),
  monthsLeft: z.int().nullable().describe("The one that has begun counts whole. Null: no end."),
  invoicesLeft: z
    .int()
    .nullable()
    .describe("How many invoices of a whole period it still comes off. Null: all of them."),
});

export const nextInvoiceAnswer = z
  .object({
    invoice: z
      .object({
        at: instant.describe("When it is charged."),
        lines: z.array(
          z.object({
            name: z.string(),
            quantity: z.string().nullable().describe("Units, an exact decimal."),
            amount,
            isUsage: z.boolean().describe("Counted up to now."),
          }),
        ),
        ...sums,
        isUsageExtra: z.boolean().describe("What is used until then comes on top."),
      })
      .nullable()
      .describe("Null: none comes."),
  })
  .meta({ id: "NextInvoice" });

export const changePreviewAnswer = z
  .object({
    kind: changeAnswer.shape.kind,
    choice: changeAnswer.shape.choice,
    currency: z.string(),
    prorationAt: instant
      .nullable()
      .describe("Send it with the change: what is billed is then what was shown."),
    dueNowMinor: wholeNumber,
    now: invoicePreview.nullable(),
    next: invoicePreview.extend({ at: instant }).nullable(),
    discounts: z.array(discountLeft).describe("What is taken off from the change on."),
    replaces: z.array(z.string()).describe("The discounts that a code takes the place of."),
    effectiveAt: instant.nullable().describe("When it takes effect, where that is later."),
    resumesAt: instant.nullable(),
    isExact: z.boolean().describe("False where seconds until it is confirmed may move a cent."),
    isAgreed: z.boolean().describe("Our own calculation comes to the same, to the cent."),
  })
  .meta({ id: "ChangePreview" });
