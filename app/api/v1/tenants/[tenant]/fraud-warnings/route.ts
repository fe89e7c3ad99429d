import { z } from "zod";
import { fraudWarningAnswer } from "#lib/disputes/answers";
import { listFraudWarnings } from "#lib/disputes/list-fraud-warnings";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "List early fraud warnings",
  description: "Payments a card's bank believes its holder did not make. A refund is the way out.",
  answer: pageOf(fraudWarningAnswer),
  query: z.object({ cursor: z.string().max(200).optional() }),
  run: (ctx, { query }) => listFraudWarnings(ctx, query),
});
