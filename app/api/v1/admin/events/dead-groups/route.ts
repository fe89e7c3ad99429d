import { listDeadGroups } from "#lib/overview/list-dead-groups";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  run: (ctx) => listDeadGroups(ctx),
});
