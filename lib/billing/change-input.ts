import { z } from "zod";
import { addOnsInput } from "#lib/billing/add-on";
import { cancelReasons } from "#lib/billing/cancel-offers";
import { seatsInput } from "#lib/billing/input";

const code = z.string().trim().min(1, "cannot be empty").max(100, "is too long to be a code");

const plan = z.object({
  kind: z.literal("plan"),
  plan: z.string().min(1).max(50),
  interval: z.enum(["month", "year"]),
  seats: seatsInput,
  /** A live subscription keeps its currency; another one is refused with what to do. */
  currency: z.string().max(3).optional(),
  /** What is to be beside the plan; left out, what is there stays. */
  addOns: addOnsInput.optional(),
  /** A promotion code; it takes the place of a discount there is. */
  code: code.optional(),
  /** `period_end` puts off what would be made at once; `policy` leaves it to the rule. */
  timing: z.enum(["policy", "period_end"]).default("policy"),
});
const pause = z.object({
  kind: z.literal("pause"),
  /** After how many months it goes on by itself; null is until someone resumes it. */
  months: z.number().int().min(1).max(3).nullable().default(null),
});
const ending = {
  reason: z.enum(cancelReasons),
  comment: z.string().trim().max(500, "must be at most 500 characters").optional(),
};
const discount = z.object({
  kind: z.literal("discount"),
  /** Null takes the discount away. */
  code: code.nullable(),
});

/** A change of a subscription, as the API takes it. */
export const changeInput = z.discriminatedUnion("kind", [
  plan,
  pause,
  z.object({ kind: z.literal("resume") }),
  z.object({ kind: z.literal("cancel"), ...ending }),
  z.object({ kind: z.literal("cancel_now"), ...ending }),
  z.object({ kind: z.literal("undo_cancel") }),
  discount,
  /** What is offered to who is about to leave for a reason. */
  z.object({ kind: z.literal("offer"), reason: z.enum(cancelReasons) }),
]);
export type ChangeInput = z.infer<typeof changeInput>;
export type PlanChangeInput = z.infer<typeof plan>;
export type DiscountInput = z.infer<typeof discount>;

/** What was seen before it was confirmed. */
const seen = z.object({
  /** As of when time already paid for was counted. */
  prorationAt: z.iso.datetime().optional(),
  /** What the preview said is due now, in minor units. */
  dueNowMinor: z
    .string()
    .regex(/^-?\d{1,18}$/, "must be a whole number of minor units")
    .transform(BigInt)
    .optional(),
});

/** A change and what its preview said: what is billed is what was seen, or nothing. */
export const confirmedChange = z.intersection(changeInput, seen);
export type ConfirmedChange = z.infer<typeof confirmedChange>;
