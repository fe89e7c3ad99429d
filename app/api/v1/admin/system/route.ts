import { systemAnswer } from "#lib/overview/console-answers";
import { getSystem } from "#lib/overview/get-system";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "system:read",
  summary: "Get the health of the system",
  answer: systemAnswer,
  run: (ctx) => getSystem(ctx),
});
