import { seatDriftsAnswer } from "#lib/seats/answers";
import { listSeatDrifts, seatDriftQuery } from "#lib/seats/list-seat-drifts";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "List quantities of seats that differ",
  answer: seatDriftsAnswer,
  query: seatDriftQuery,
  run: (ctx, { query }) => listSeatDrifts(ctx, query),
});
