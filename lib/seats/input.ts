import { z } from "zod";
import { mostSeats, seatBillings, seatDriftRules } from "#lib/seats/seat-policy";

const seats = z
  .int("Enter a whole number of seats.")
  .min(1, "A plan has at least one seat.")
  .max(mostSeats, `Enter at most ${mostSeats} seats.`);
const from = z.int().min(0).max(mostSeats);
const instant = z.iso.datetime().transform((text) => new Date(text));

export const previewSeatsInput = z.object({ seats });
export type PreviewSeatsInput = z.output<typeof previewSeatsInput>;

/** `from`: how many there were when the person decided; `asOf`: the instant of the price shown. */
export const setSeatsInput = z.object({
  seats,
  from: from.optional(),
  asOf: instant.optional(),
});
export type SetSeatsInput = z.output<typeof setSeatsInput>;

export const assignSeatInput = z
  .object({
    memberId: z.string().min(1).max(100).optional(),
    invitationId: z.string().min(1).max(100).optional(),
    /** Buys one more seat where none is free. */
    buy: z.object({ from: from.optional(), asOf: instant.optional() }).optional(),
  })
  .refine(
    ({ memberId, invitationId }) => (memberId === undefined) !== (invitationId === undefined),
    "Name a member or an invitation.",
  );
export type AssignSeatInput = z.output<typeof assignSeatInput>;

const days = (most: number) =>
  z
    .int("Enter a whole number of days.")
    .min(0, "Enter zero or more days.")
    .max(most, `Enter at most ${most} days.`);

export const seatPolicyInput = z.object({
  billing: z.enum(seatBillings, "Choose when seats are billed."),
  drift: z.enum(seatDriftRules, "Choose what becomes of a changed quantity."),
  maxSeats: seats.nullable(),
  seatsJoiners: z.boolean(),
  givesBack: z.boolean(),
  overDays: days(365),
});
export type SeatPolicyInput = z.output<typeof seatPolicyInput>;

export const decideSeatDriftInput = z.object({
  decision: z.enum(["adopt", "restore", "dismiss"], "Choose what becomes of it."),
});
