import { allOf } from "#lib/keyset";
import { memberAnswer } from "#lib/tenancy/answers";
import { listMembers } from "#lib/tenancy/list-members";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "members:read",
  summary: "List members",
  description: "The longest-standing first; the whole team is one page.",
  answer: pageOf(memberAnswer),
  run: async (ctx) => allOf(await listMembers(ctx)),
});
