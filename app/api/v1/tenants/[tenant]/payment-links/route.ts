import { linkAnswer, linksAnswer } from "#lib/selling/answers";
import { createLink } from "#lib/selling/create-link";
import { cursorQuery, linkInput } from "#lib/selling/input";
import { listLinks } from "#lib/selling/list-links";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "List payment links",
  answer: linksAnswer,
  query: cursorQuery,
  run: (ctx, { query }) => listLinks(ctx, query),
});

export const POST = route({
  who: "tenant",
  permission: "payments:sell",
  summary: "Make a payment link",
  description: "It can be paid at once, and what it costs never changes.",
  answer: linkAnswer,
  body: linkInput,
  status: 201,
  run: (ctx, { body }) => createLink(ctx, body),
});
