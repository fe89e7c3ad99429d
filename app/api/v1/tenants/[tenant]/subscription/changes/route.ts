import { z } from "zod";
import { awaitMirror } from "#lib/billing/await-mirror";
import { confirmedChange } from "#lib/billing/change-input";
import { changeQuery, listChanges } from "#lib/billing/list-changes";
import { changeAnswer, listedChangeAnswer } from "#lib/billing/plan-answers";
import { requestChange } from "#lib/billing/request-change";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

const params = z.object({ tenant: z.string() });

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "List changes of the plan",
  answer: pageOf(listedChangeAnswer),
  params,
  query: changeQuery,
  run: (ctx, { query }) => listChanges(ctx, query),
});

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Change the plan",
  answer: changeAnswer,
  description:
    "Send `prorationAt` and `dueNowMinor` of a preview along: what would be billed otherwise " +
    "than it was shown is refused. A change whose payment fails answers `awaiting_payment`.",
  params,
  body: confirmedChange,
  status: 201,
  run: async (ctx, { body }) => {
    const change = await requestChange(ctx, body);
    await awaitMirror(ctx);
    return change;
  },
});
