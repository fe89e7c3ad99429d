import { z } from "zod";
import { closingAnswer } from "#lib/ledger/answers";
import { listClosings } from "#lib/ledger/close-book";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "List when a book was closed and opened again",
  answer: z.object({ rows: z.array(closingAnswer) }),
  params: z.object({ id: z.string() }),
  run: async (ctx, { params }) => ({ rows: await listClosings(ctx, { book: params.id }) }),
});
