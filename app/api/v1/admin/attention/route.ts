import { attentionAnswer } from "#lib/overview/connect-answers";
import { attentionQuery, listAttention } from "#lib/overview/list-attention";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "List what needs attention",
  description: "Across all tenants, the most urgent first: by deadline, then by money.",
  answer: attentionAnswer,
  query: attentionQuery,
  run: (ctx, { query }) => listAttention(ctx, query),
});
