import { backTestQuery, versionId } from "#lib/catalog/input";
import { backTestRunAnswer } from "#lib/migrations/answers";
import { backTestVersion, getBackTest } from "#lib/migrations/back-test-version";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "See the newest back-test of a version",
  answer: backTestRunAnswer,
  params: versionId,
  run: (ctx, { params }) => getBackTest(ctx, { versionId: params.id }),
});

export const POST = route({
  who: "platform",
  permission: "plans:read",
  summary: "Try a version on real subscribers",
  description:
    "Few are tried at once. Where there are many it goes on by itself: ask for it again.",
  answer: backTestRunAnswer,
  params: versionId,
  body: backTestQuery,
  status: 201,
  run: (ctx, { params, body }) => backTestVersion(ctx, { versionId: params.id, ...body }),
});
