import { z } from "zod";
import {
  componentKinds,
  type Feature,
  intervals,
  type PlanComponent,
  planKinds,
  pricingModels,
} from "#lib/catalog/plan";
import { isCurrency } from "#lib/money/currency";

/** The shapes of what the console sends. What the values must be, `draft-problems` says. */
const words = (most: number) => z.string().trim().min(1, "must not be empty").max(most);
/** Letters, digits and underscores: it becomes part of names at Stripe. */
export const catalogKey = z
  .string()
  .trim()
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/, "must begin with a letter, then small letters, digits and _");
const decimal = z.string().trim().max(60);
const currency = z.string().refine(isCurrency, "is not a currency we price in");

const tier = z.object({
  upTo: decimal.nullable(),
  unitMinor: decimal,
  flatMinor: decimal,
});
const price = z.object({
  currency,
  interval: z.enum(intervals),
  model: z.enum(pricingModels),
  unitMinor: decimal.nullable().default(null),
  tiers: z.array(tier).max(50, "must be at most 50 tiers").nullable().default(null),
  packageSize: decimal.nullable().default(null),
  percent: decimal.nullable().default(null),
  minimumMinor: decimal.nullable().default(null),
  capMinor: decimal.nullable().default(null),
});
const component = z.object({
  kind: z.enum(componentKinds),
  key: catalogKey,
  name: words(80),
  unit: words(40).nullable().default(null),
  meterKey: catalogKey.nullable().default(null),
  included: decimal.default("0"),
  prices: z.array(price).max(32),
}) satisfies z.ZodType<PlanComponent>;
const feature = z
  .object({
    key: catalogKey,
    name: words(80),
    limit: z.number().int("must be a whole number").min(0).max(1_000_000_000_000).optional(),
    meterKey: catalogKey.optional(),
  })
  .transform(
    ({ key, name, limit, meterKey }): Feature => ({
      ...{ key, name },
      ...(limit !== undefined && { limit }),
      ...(meterKey !== undefined && { meterKey }),
    }),
  );

export const planId = z.object({ id: z.string().max(100) });
export const versionId = planId;

/** Add-ons: how many of it one subscription may have; 1 is bought once. */
const mostQuantity = z
  .number()
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(1000, "must be at most 1,000");

export const createPlanInput = z.object({
  key: catalogKey,
  name: words(60),
  description: z.string().trim().max(300).default(""),
  kind: z.enum(planKinds).default("base"),
  /** Add-ons: the keys of the plans it is bought beside; none is any. */
  besidePlans: z.array(catalogKey).max(50).default([]),
  mostQuantity: mostQuantity.default(1),
});
export type CreatePlanInput = z.infer<typeof createPlanInput>;

export const updatePlanInput = z.object({
  name: words(60).optional(),
  description: z.string().trim().max(300).optional(),
  /** The place among the plans, the first is 0. */
  position: z.number().int().min(0).max(1000).optional(),
  besidePlans: z.array(catalogKey).max(50).optional(),
  mostQuantity: mostQuantity.optional(),
});
export type UpdatePlanInput = z.infer<typeof updatePlanInput>;

/** From nothing, or as a copy of any version of any plan. */
export const createDraftInput = z.object({ copyOf: z.string().max(100).nullable().default(null) });
export type CreateDraftInput = z.infer<typeof createDraftInput>;

/** A draft whole. `revision` is the one that was read; another's edit in between is a conflict. */
export const draftInput = z.object({
  revision: z.number().int().min(1),
  trialDays: z.number().int("must be whole days").min(0).max(730, "must be at most 730 days"),
  trialNeedsCard: z.boolean(),
  features: z.array(feature).max(100),
  components: z.array(component).max(20, "must be at most 20, as many as Stripe bills together"),
});
export type DraftInput = z.infer<typeof draftInput>;
/** What a draft says, without who has seen it. */
export type DraftContent = Omit<DraftInput, "revision">;

export const revisionInput = z.object({ revision: z.coerce.number().int().min(1) });

export const subscribersQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type SubscribersQuery = z.infer<typeof subscribersQuery>;

/** How many whole months back a draft is tried on. */
export const backTestQuery = z.object({
  months: z.coerce.number().int().min(1).max(12).default(3),
});
export type BackTestQuery = z.infer<typeof backTestQuery>;

const future = z.iso.datetime().transform((text) => new Date(text));
const count = z.number().int("must be a whole number").min(1).max(1_000_000);

/** What is taken off: a percentage, or an amount in each currency. */
export const createCouponInput = z.object({
  /** Shown on invoices. */
  name: words(40),
  percentOff: decimal
    .nullable()
    .default(null)
    .meta({ examples: ["12.5"] }),
  amountsOff: z
    .array(z.object({ currency, minor: decimal }))
    .max(32)
    .nullable()
    .default(null),
  duration: z.enum(["once", "repeating", "forever"]),
  months: z.number().int().min(1).max(60).nullable().default(null),
  maxRedemptions: count.nullable().default(null),
  redeemBy: future.nullable().default(null),
  /** The keys of the plans it is for; none is any. */
  planKeys: z.array(catalogKey).max(50).default([]),
});
export type CreateCouponInput = z.output<typeof createCouponInput>;

export const updateCouponInput = z.object({ name: words(40) });

export const createCodeInput = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9-]{3,40}$/, "must be 3 to 40 letters, digits and dashes"),
  maxRedemptions: count.nullable().default(null),
  expiresAt: future.nullable().default(null),
  isFirstTimeOnly: z.boolean().default(false),
});
export type CreateCodeInput = z.output<typeof createCodeInput>;

export const couponId = planId;
export const switchCodeInput = z.object({ isActive: z.boolean() });
