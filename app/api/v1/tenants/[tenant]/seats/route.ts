import { seatsAnswer } from "#lib/seats/answers";
import { getSeats } from "#lib/seats/get-seats";
import { setSeatsInput } from "#lib/seats/input";
import { setSeats } from "#lib/seats/set-seats";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "members:read",
  summary: "See seats",
  description: "Who has one, how many are bought, and what one more costs.",
  answer: seatsAnswer,
  run: (ctx) => getSeats(ctx),
});

export const PUT = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Buy seats, or give some back",
  description: "Never fewer than are taken. Stripe is told within seconds, of the newest alone.",
  body: setSeatsInput,
  run: (ctx, { body }) => setSeats(ctx, body),
});
