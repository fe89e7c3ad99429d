import { z } from "zod";
import { isCurrency } from "#lib/money/currency";
import { taxStandings } from "#lib/payments/details";
import { isTaxIdType } from "#lib/payments/tax-id-types";

/** Made by whoever asks, once for each thing asked; the same again changes nothing. */
const key = z.string().trim().min(8, "is needed").max(100);
const why = z
  .string()
  .trim()
  .min(3, "Say why, in a few words.")
  .max(500, "must be at most 500 characters");
const minor = z
  .string()
  .regex(/^\d{1,15}$/, "must be an amount in minor units, such as 1250")
  .transform(BigInt);
const above = minor.refine((amount) => amount > 0n, "must be more than nothing");
const currency = z.string().toLowerCase().refine(isCurrency, "is not a currency we bill in");

export const payInput = z.object({
  /** Null: what is charged by default. */
  methodId: z.string().startsWith("pm_").max(100).nullable().default(null),
  key,
  /** What paid it pays for the plan from now on too. */
  forPlan: z.boolean().default(false),
});
export const settleInput = payInput.pick({ forPlan: true });
export type PayInput = z.output<typeof payInput>;

export const refundInput = z.object({
  key,
  why,
  intentId: z.string().startsWith("pi_").max(100),
  minor: above,
  /** What could be given back when it was asked; if that has changed, somebody else was first. */
  seenMinor: minor,
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
});
export type RefundInput = z.output<typeof refundInput>;

export const creditInput = z.object({
  /** All that can be credited, a sum, or parts of lines. */
  amountMinor: above.optional(),
  lines: z
    .array(z.object({ lineId: z.string().max(100), minor: above }))
    .min(1)
    .max(100)
    .optional(),
  /** Where what was paid already goes. */
  paidGoes: z.enum(["refund", "balance", "outside"]).default("balance"),
  reason: z.enum(["duplicate", "fraudulent", "order_change", "product_unsatisfactory"]).optional(),
  memo: z.string().trim().max(500).optional(),
});
export type CreditInput = z.output<typeof creditInput>;
export const creditActInput = creditInput.extend({ key, why });
export type CreditActInput = z.output<typeof creditActInput>;

export const endInvoiceInput = z.object({ key, why });
export type EndInvoiceInput = z.output<typeof endInvoiceInput>;

export const balanceInput = z.object({
  key,
  why,
  direction: z.enum(["credit", "debit"]),
  minor: above.refine((amount) => amount <= 99_999_999n, "is more than we move at once"),
  currency,
  /** What the tenant reads beside it. */
  description: z.string().trim().min(3, "Say what it is for.").max(200),
});
export type BalanceInput = z.output<typeof balanceInput>;

export const exemptionInput = z.object({
  key,
  why,
  exemption: z.enum(taxStandings),
});
export type ExemptionInput = z.output<typeof exemptionInput>;

const line = (most: number) => z.string().trim().max(most);
export const detailsInput = z.object({
  name: line(200).min(1, "must not be empty"),
  email: z.email("must be an e-mail address").max(254),
  ccEmails: z
    .array(z.email("must be e-mail addresses").max(254))
    .max(10, "must be at most 10 addresses")
    .default([]),
  phone: line(30).default(""),
  line1: line(200).default(""),
  line2: line(200).default(""),
  city: line(100).default(""),
  state: line(100).default(""),
  postalCode: line(20).default(""),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/, "must be a country")
    .default(""),
  locale: z.string().trim().max(10).default(""),
  reference: line(140).default(""),
});
export type DetailsInput = z.output<typeof detailsInput>;

export const taxIdInput = z.object({
  type: z.string().refine(isTaxIdType, "is not a kind of tax id Stripe knows"),
  value: z.string().trim().min(1, "must not be empty").max(50),
});
export type TaxIdInput = z.output<typeof taxIdInput>;
