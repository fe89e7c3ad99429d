import { z } from "zod";
import { fileFields, mostCharactersEach, type TextField, textFields } from "#lib/disputes/evidence";

/** What people and machines send about disputes. */

const words = z
  .string()
  .trim()
  .max(mostCharactersEach, `Say it in ${mostCharactersEach.toLocaleString("en")} characters.`);
const texts = z.object(
  Object.fromEntries(textFields.map((name) => [name, words.optional()])) as {
    [Name in TextField]: z.ZodOptional<typeof words>;
  },
);

export const draftInput = z.object({
  texts: texts.describe("All that is written, by Stripe's names; what is left out is taken away."),
  seen: z.iso
    .datetime()
    .nullish()
    .describe("When the draft was last changed, as you saw it; refused where it changed since."),
});
export type DraftInput = z.output<typeof draftInput>;

export const fileField = z.enum(fileFields as [(typeof fileFields)[number]]);

export const submitInput = z.object({
  seen: z.string().max(100).describe("The preview's `digest`: what you have seen is what is sent."),
  acceptsFee: z
    .boolean()
    .default(false)
    .describe("Agrees to what the card network takes, where `networkFee` names something."),
});
export type SubmitInput = z.output<typeof submitInput>;

export const disputeQuery = z.object({
  cursor: z.string().max(200).optional(),
  state: z.enum(["open", "waiting", "over", "all"]).default("all"),
});
export type DisputeQuery = z.output<typeof disputeQuery>;

export const allDisputesQuery = disputeQuery.extend({
  state: z.enum(["open", "waiting", "over", "all"]).default("open"),
  order: z.enum(["deadline", "value", "newest"]).default("deadline"),
  bearer: z.enum(["tenant", "platform"]).optional(),
  tenant: z.string().trim().max(100).optional(),
});
export type AllDisputesQuery = z.output<typeof allDisputesQuery>;

const minor = z.string().regex(/^\d{1,15}$/, "must be an amount in minor units, such as 1250");
export const recoveryInput = z.object({
  key: z.string().trim().min(8, "is needed").max(100).describe("The same again changes nothing."),
  way: z
    .enum(["reversal", "debit"])
    .describe("Of the transfer that passed the payment on, or from the company's balance."),
  minor: minor.transform(BigInt).refine((amount) => amount > 0n, "must be more than nothing"),
  seenMinor: minor.transform(BigInt).describe("What was left to take back when it was asked."),
  why: z.string().trim().min(3, "Say why, in a few words.").max(500),
});
export type RecoveryInput = z.output<typeof recoveryInput>;
