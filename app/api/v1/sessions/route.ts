import { allOf } from "#lib/keyset";
import { sessionAnswer } from "#lib/tenancy/answers";
import { listSessions } from "#lib/tenancy/list-sessions";
import { signOutEverywhere } from "#lib/tenancy/sign-out-everywhere";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "person",
  summary: "List your sessions",
  answer: pageOf(sessionAnswer),
  run: async (ctx) => allOf(await listSessions(ctx)),
});

export const DELETE = route({
  who: "person",
  summary: "Sign out everywhere",
  run: (ctx) => signOutEverywhere(ctx),
});
