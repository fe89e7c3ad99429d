import { inboxAnswer } from "#lib/overview/event-answers";
import { getInbox } from "#lib/overview/get-inbox";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "See how the inbox keeps up",
  description: "What waits and is dead, how fast it is handled, and by which workers.",
  answer: inboxAnswer,
  run: (ctx) => getInbox(ctx),
});
