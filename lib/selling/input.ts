import { z } from "zod";
import { type Currency, currencies } from "#lib/money/currency";
import { chargeKinds } from "#lib/selling/kind";

/** The shapes of what is sent about links, refunds and fee policies. */
const line = (most: number) => z.string().trim().max(most, `must be at most ${most} characters`);
const words = (most: number) => line(most).min(1, "must not be empty");
const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const digits = z.string().regex(/^\d{1,15}$/, "must be a whole number of minor units");
const isAboveZero = (of: bigint) => of > 0n;
const aboveZero = "must be above zero";
const minor = digits.transform(BigInt).refine(isAboveZero, aboveZero);
const percent = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,4})?$|^100$/, "must be between 0 and 100, with at most four decimals")
  .meta({ examples: ["2.9"] });
const amounts = z.partialRecord(currency, digits);
const few = <T extends z.ZodType>(of: T) => z.array(of).max(50, "must be at most 50").default([]);

export const feeRules = z
  .array(
    z.object({
      name: words(80),
      when: z.object({
        plans: few(words(40)),
        methods: few(z.string().regex(/^[a-z][a-z0-9_]*$/, "must be Stripe's word for it")),
        countries: few(z.string().regex(/^[A-Z]{2}$/, "must be two capitals")),
        currencies: few(currency),
      }),
      tiers: z
        .array(z.object({ from: amounts, percent, fixed: amounts }))
        .min(1, "must say what is taken")
        .max(20, "must be at most 20 tiers"),
      least: amounts,
      most: amounts,
    }),
  )
  .max(50, "must be at most 50 rules");

export const policyInput = z.object({
  name: words(120),
  rules: feeRules,
  returnsFee: z.boolean(),
});
export type PolicyInput = z.output<typeof policyInput>;
export const changePolicyInput = policyInput.extend({
  revision: z.number().int().describe("The draft's, as it was read: another editor's is refused."),
});
export type ChangePolicyInput = z.output<typeof changePolicyInput>;
export const publishPolicyInput = z.object({
  // An example is of what is sent, so it stands before what is made of it.
  effectiveAt: z.iso
    .datetime()
    .meta({ examples: ["2131-01-01T00:00:00.000Z"] })
    .transform((text) => new Date(text))
    .optional()
    .describe("When it begins; left out it begins now."),
});

export const linkInput = z.object({
  name: words(120),
  description: line(500).default(""),
  currency,
  minor: digits
    .meta({ examples: ["48000"] })
    .transform(BigInt)
    .refine(isAboveZero, aboveZero)
    .optional()
    .describe("What one costs. Left out, the payer chooses."),
  leastMinor: minor.optional(),
  mostMinor: minor.optional(),
  mostQuantity: z.number().int().min(1).max(999).default(1),
  mostPayments: z.number().int().min(1).max(1_000_000).optional(),
  collectsAddress: z.boolean().default(false),
  collectsPhone: z.boolean().default(false),
  thanks: line(300).default(""),
  kind: z.enum(chargeKinds).optional().describe("How the money moves; left out, as usual."),
});
export type LinkInput = z.output<typeof linkInput>;
export const linkWordsInput = z.object({
  name: words(120),
  description: line(500),
  thanks: line(300),
});
export type LinkWordsInput = z.output<typeof linkWordsInput>;
export const switchLinkInput = z.object({ to: z.enum(["active", "paused", "archived"]) });

export const payInput = z.object({
  quantity: z.number().int().min(1).max(999).default(1),
  minor: minor.optional(),
});
export type PayInput = z.output<typeof payInput>;

export const refundReasons = ["requested_by_customer", "duplicate", "fraudulent"] as const;
export const refundPreviewInput = z.object({
  minor: minor.optional().describe("Left out: all that is left."),
  returnsFee: z.boolean().optional().describe("Left out: as the fee policy has it."),
});
export type RefundPreviewInput = z.output<typeof refundPreviewInput>;
export const refundInput = z.object({
  key: z.string().trim().min(8).max(100).describe("The same key again is the same refund."),
  minor,
  returnsFee: z.boolean().optional(),
  reason: z.enum(refundReasons).optional(),
  note: line(500).default(""),
});
export type SaleRefundInput = z.output<typeof refundInput>;

const day = z.iso.date();
export const saleFilter = z.object({
  status: z.enum(["succeeded", "failed", "refunded", "disputed"]).optional(),
  currency: currency.optional(),
  link: z.string().max(60).optional(),
  customer: z.string().max(60).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type SaleFilter = z.output<typeof saleFilter>;
export const saleQuery = saleFilter.extend({ cursor: z.string().max(200).optional() });
export type SaleQuery = z.output<typeof saleQuery>;
export const cursorQuery = z.object({ cursor: z.string().max(200).optional() });
export const receiptInput = z.object({ email: z.email("must be an e-mail address").max(254) });
