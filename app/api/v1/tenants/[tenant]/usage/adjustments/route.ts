import { z } from "zod";
import { adjustmentAnswer } from "#lib/usage/admin-answers";
import { listOwnAdjustments } from "#lib/usage/list-adjustments";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "usage:read",
  summary: "List what was put on invoices beside the usage itself",
  answer: pageOf(adjustmentAnswer),
  query: z.object({ cursor: z.string().max(200).optional() }),
  run: (ctx, { query }) => listOwnAdjustments(ctx, query),
});
