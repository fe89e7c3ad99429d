import { z } from "zod";
import { seatBillings, seatDriftRules } from "#lib/seats/seat-policy";
import { amount, instant, pageOf } from "#lib/wire";

/** What the API answers about seats. */

const interval = z.enum(["month", "year"]);
const billing = z.enum(seatBillings).describe("When a change of seats is paid for.");

export const seatsAnswer = z
  .object({
    bought: z.number(),
    taken: z.number(),
    left: z.number(),
    over: z.number().describe("How many more are taken than bought."),
    overUntil: instant
      .nullable()
      .describe("When the newest lose theirs, where too many are taken."),
    limit: z.number().nullable().describe("The most there may be. Null: no limit."),
    billing,
    interval,
    oneMore: amount.nullable().describe("What one more costs each period, before tax."),
    whyNoMore: z.string().nullable().describe("Why none can be added now. Null: one can."),
    isPending: z.boolean().describe("Stripe has not been told of the latest change yet."),
    holders: z.array(
      z.object({
        assignmentId: z.string(),
        memberId: z.string().nullable(),
        invitationId: z.string().nullable(),
        assignedById: z.string().nullable().describe("Null where a rule gave the seat."),
        since: instant,
      }),
    ),
  })
  .nullable()
  .meta({ id: "Seats", description: "Null where the plan is not sold by seats." });

export const previewedSeatsAnswer = z
  .object({
    from: z.number(),
    seats: z.number(),
    billing,
    interval,
    asOf: instant.describe("Send it with the change: what is charged is then what was shown."),
    dueNow: amount,
    invoice: z.object({
      total: amount,
      at: instant,
      lines: z.array(z.object({ description: z.string(), amount, isProration: z.boolean() })),
    }),
    perPeriod: amount.describe("How much more, or less, every period costs from then on."),
    isTrial: z.boolean(),
  })
  .meta({ id: "PreviewedSeats" });

export const seatPolicyAnswer = z
  .object({
    id: z.string().describe("`platform`, or the plan version whose rules they are."),
    name: z.string(),
    isOwn: z.boolean().describe("False: it follows the platform's."),
    subscribers: z.int(),
    billing,
    drift: z.enum(seatDriftRules).describe("What becomes of a quantity changed at Stripe."),
    maxSeats: z.int().nullable(),
    seatsJoiners: z.boolean().describe("Who joins takes a free seat."),
    givesBack: z.boolean().describe("A seat nobody sits on any more is given back."),
    overDays: z.int().describe("Days until the newest lose theirs, where too many are taken."),
  })
  .meta({ id: "SeatPolicy" });

export const seatDriftsAnswer = pageOf(
  z.object({
    id: z.string(),
    tenantId: z.string(),
    tenantName: z.string(),
    subscriptionId: z.string(),
    seats: z.int().describe("As decided here."),
    stripeSeats: z.int(),
    why: z.string(),
    rule: z.enum(seatDriftRules),
    status: z.enum(["proposed", "repairing", "settled", "dismissed"]),
    foundAt: instant,
    settledAt: instant.nullable(),
    decidedBy: z.string().nullable().describe("Null where a rule did, or nobody has."),
  }),
).extend({
  health: z.object({
    pools: z.int(),
    pending: z.int().describe("Stripe was not told of the latest decision yet."),
    failing: z.int(),
    over: z.int().describe("More seats are taken than bought."),
    proposed: z.int(),
  }),
});
