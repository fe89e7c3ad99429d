import { deadGroupsAnswer } from "#lib/overview/event-answers";
import { listDeadGroups } from "#lib/overview/list-dead-groups";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List dead letters by what went wrong",
  answer: deadGroupsAnswer,
  run: (ctx) => listDeadGroups(ctx),
});
