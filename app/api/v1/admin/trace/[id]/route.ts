import { z } from "zod";
import { traceAnswer } from "#lib/trace/answers";
import { traceId, traceQuery } from "#lib/trace/input";
import { traceFrom } from "#lib/trace/trace-from";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Trace anything to the bank and back",
  description:
    "From usage, a line, invoice, payment, charge, fee, transfer, balance transaction, payout, bank reference or journal entry to all the others.",
  answer: traceAnswer,
  params: z.object({ id: traceId }),
  query: traceQuery,
  run: (ctx, { params, query }) => traceFrom(ctx, { ...params, ...query }),
});
