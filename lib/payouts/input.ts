import { z } from "zod";
import { intervals, weekdays } from "#lib/stripe/gateway-payouts";

/** Made by whoever asks, once for each thing asked; the same again changes nothing. */
const key = z.string().trim().min(8, "is needed").max(100);
const why = z
  .string()
  .trim()
  .min(3, "Say why, in a few words.")
  .max(500, "must be at most 500 characters");
const minor = z
  .string()
  .regex(/^-?\d{1,15}$/, "must be an amount in minor units, such as 1250")
  .transform(BigInt);
const above = minor.refine((amount) => amount > 0n, "must be more than nothing");
const currency = z
  .string()
  .toLowerCase()
  .regex(/^[a-z]{3}$/, "must be a currency, such as usd");
const description = z.string().trim().min(3, "Say what it is for.").max(200);
/** Standard arrives in some days and costs nothing; instant within minutes, for a fee. */
const method = z.enum(["standard", "instant"]).default("standard");

export const payoutPreviewInput = z.object({
  currency,
  minor: above,
  method,
  /** A bank account or card; by default the one of the currency. */
  targetId: z.string().max(100).optional(),
});
export type PayoutPreviewInput = z.output<typeof payoutPreviewInput>;

export const payoutInput = payoutPreviewInput.extend({
  key,
  /** What could be paid out when it was asked; if that has changed, look again. */
  seenMinor: minor,
});
export type PayoutInput = z.output<typeof payoutInput>;

export const cancelInput = z.object({ key });

export const scheduleInput = z
  .object({
    interval: z.enum(intervals),
    weekdays: z.array(z.enum(weekdays)).min(1, "Choose a day.").max(5).optional(),
    monthDays: z.array(z.number().int().min(1).max(31)).min(1).max(31).optional(),
    /** What stays in the balance, by currency; null takes a minimum away. */
    minimums: z.record(currency, above.nullable()).optional(),
  })
  .refine(({ interval, weekdays: days }) => interval !== "weekly" || days, {
    ...{ message: "Choose a day of the week.", path: ["weekdays"] },
  })
  .refine(({ interval, monthDays: days }) => interval !== "monthly" || days, {
    ...{ message: "Choose a day of the month.", path: ["monthDays"] },
  });
export type ScheduleInput = z.output<typeof scheduleInput>;

export const transferInput = z.object({
  ...{ key, why, currency, minor: above, description },
  tenantId: z.string().max(100),
  /** What the platform had of it when it was asked. */
  seenMinor: minor,
});
export type TransferInput = z.output<typeof transferInput>;

export const movePreviewInput = transferInput.pick({ tenantId: true, currency: true, minor: true });

export const reversalInput = z.object({
  ...{ key, why, minor: above },
  /** What could be taken back when it was asked. */
  seenMinor: minor,
  refundsFee: z.boolean().default(false),
});
export type ReversalInput = z.output<typeof reversalInput>;

export const feeRefundInput = z.object({ key, why, minor: above, seenMinor: minor });
export type FeeRefundInput = z.output<typeof feeRefundInput>;

export const topupInput = z.object({ key, why, currency, minor: above, description });
export type TopupInput = z.output<typeof topupInput>;

export const platformPayoutInput = z.object({
  ...{ key, why, currency, minor: above, method },
  /** What could be paid out this way when it was asked. */
  seenMinor: minor,
});
export type PlatformPayoutInput = z.output<typeof platformPayoutInput>;
export const platformPayoutPreviewInput = platformPayoutInput.pick({
  ...{ currency: true, minor: true, method: true },
});
export type PlatformPayoutPreviewInput = z.output<typeof platformPayoutPreviewInput>;

export const actInput = z.object({ key, why });
export type ActInput = z.output<typeof actInput>;

export const debitInput = z.object({
  ...{ key, why, currency, minor: above, description },
  tenantId: z.string().max(100),
  /** What the account had when it was asked; it may end below nothing. */
  seenMinor: minor,
});
export type DebitInput = z.output<typeof debitInput>;
