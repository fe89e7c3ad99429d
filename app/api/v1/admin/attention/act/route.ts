import { actOnMany } from "#lib/connect/act-on-many";
import { bulkInput } from "#lib/connect/bulk";
import { bulkAnswer } from "#lib/overview/connect-answers";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "connect:remind",
  summary: "Remind, hold or release many tenants",
  description: "A request sent twice with one `key` is one.",
  answer: bulkAnswer,
  body: bulkInput,
  run: (ctx, { body }) => actOnMany(ctx, body),
});
