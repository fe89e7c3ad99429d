import { z } from "zod";
import { assignSeat } from "#lib/seats/assign-seat";
import { assignSeatInput } from "#lib/seats/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "seats:assign",
  summary: "Give a seat",
  description: "To a member, or kept for an invitation. With `buy`, one more where none is free.",
  body: assignSeatInput,
  answer: z.object({ assignmentId: z.string() }),
  status: 201,
  run: (ctx, { body }) => assignSeat(ctx, body),
});
