import { z } from "zod";
import { unassignSeat } from "#lib/seats/unassign-seat";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "seats:assign",
  summary: "Free a seat",
  description: "Whoever had it stays in the workspace.",
  params: z.object({ assignment: z.string() }),
  run: (ctx, { params }) => unassignSeat(ctx, { assignmentId: params.assignment }),
});
