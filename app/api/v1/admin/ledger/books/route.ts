import { z } from "zod";
import { bookAnswer } from "#lib/ledger/answers";
import { listBooks } from "#lib/ledger/list-books";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "List the books",
  answer: z.object({ rows: z.array(bookAnswer) }),
  run: async (ctx) => ({ rows: await listBooks(ctx) }),
});
