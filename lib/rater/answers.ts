import { z } from "zod";
import { verdicts } from "#lib/rater/judge-invoice";
import { lineKinds } from "#lib/rater/line";
import { instant, pageOf, wholeNumber } from "#lib/wire";

/** What the API answers about invoices beside what they should be. */

export const verdictAnswer = z.enum(verdicts);
const minor = z.string().describe("Minor units, an exact decimal.");

export const invoiceCheckAnswer = z
  .object({
    invoiceId: z.string(),
    number: z.string().nullable(),
    tenantId: z.string(),
    tenantName: z.string(),
    subscriptionId: z.string().nullable(),
    verdict: verdictAnswer,
    currency: z.string(),
    billedMinor: wholeNumber,
    expectedMinor: wholeNumber.nullable().describe("Null where it could not be worked out."),
    finalizedAt: instant,
    checkedAt: instant,
    settledAt: instant.nullable().describe("When a person looked into what differs."),
    note: z.string().nullable(),
  })
  .meta({ id: "InvoiceCheck" });

export const invoiceChecksAnswer = pageOf(invoiceCheckAnswer).extend({
  counts: z.object({
    equal: z.int(),
    different: z.int(),
    unexplained: z.int(),
    open: z.int().describe("Differ, and nobody looked into them yet."),
  }),
});

export const invoiceCheckPageAnswer = invoiceCheckAnswer
  .extend({
    settledBy: z.string().nullable(),
    lines: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(lineKinds),
        description: z.string(),
        verdict: z
          .enum([...verdicts, "given"])
          .describe("`given`: an amount decided elsewhere, which only the sums count."),
        why: z.string().nullable().describe("Why it could not be worked out."),
        billed: minor,
        expected: minor.nullable(),
        says: z.string().describe("How Stripe came to its figure."),
        steps: z.array(z.object({ says: z.string(), minor })).describe("How we come to ours."),
      }),
    ),
    sums: z.array(
      z.object({
        name: z.string(),
        verdict: verdictAnswer,
        billed: minor,
        expected: minor,
      }),
    ),
  })
  .meta({ id: "InvoiceCheckPage" });
