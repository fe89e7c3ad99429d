import { z } from "zod";
import { amount, instant } from "#lib/wire";

/** What the API answers about coupons and about publishing. */

const promotionCode = z
  .object({
    id: z.string(),
    code: z.string(),
    isActive: z.boolean(),
    isFirstTimeOnly: z.boolean(),
    maxRedemptions: z.int().nullable(),
    expiresAt: instant.nullable(),
    timesRedeemed: z.int(),
    isMade: z.boolean().describe("True once Stripe knows it."),
    error: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: "PromotionCode" });

export const couponAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(["making", "active", "failed", "archived"]),
    percentOff: z.string().nullable().describe("An exact decimal: 12.5 is 12.5 %."),
    amountsOff: z.array(amount).nullable(),
    duration: z.enum(["once", "repeating", "forever"]),
    months: z.int().nullable(),
    maxRedemptions: z.int().nullable(),
    redeemBy: instant.nullable(),
    planKeys: z.array(z.string()).describe("The plans it is for; none is any."),
    timesRedeemed: z.int(),
    countedAt: instant.nullable().describe("When Stripe was last asked how often."),
    error: z.string().nullable(),
    createdAt: instant,
    codes: z.array(promotionCode),
  })
  .meta({ id: "Coupon" });

export const versionStatusAnswer = z.enum(["draft", "publishing", "published", "retired"]);

export const draftProblemAnswer = z
  .object({
    field: z.string(),
    message: z.string(),
    blocks: z.enum(["save", "publish"]).describe("`publish`: it may wait in a draft."),
  })
  .meta({ id: "DraftProblem" });

export const publishingAnswer = z
  .object({
    id: z.string(),
    status: z.enum(["running", "failed", "finished"]),
    done: z.int(),
    total: z.int(),
    differences: z.array(
      z.object({
        object: z.string().describe("The object at Stripe, by the name we gave it."),
        field: z.string(),
        wanted: z.string(),
        found: z.string(),
        isRepaired: z.boolean().describe("False where Stripe lets nobody change it."),
      }),
    ),
    error: z.string().nullable(),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: "Publishing" });
