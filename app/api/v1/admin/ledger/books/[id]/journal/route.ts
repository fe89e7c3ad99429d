import { z } from "zod";
import { exportJournal, journalQuery } from "#lib/ledger/export-journal";
import { route } from "#lib/web/route";
import { textAnswer } from "#lib/web/text-answer";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Export a book as a journal for hledger",
  answersWith: "text/plain",
  params: z.object({ id: z.string() }),
  query: journalQuery,
  run: async (ctx, { params, query }) =>
    textAnswer(`${params.id}.journal`, await exportJournal(ctx, { book: params.id, ...query })),
});
