import { exportOwnJournal } from "#lib/books/export-own-journal";
import { journalQuery } from "#lib/ledger/export-journal";
import { route } from "#lib/web/route";
import { textAnswer } from "#lib/web/text-answer";

export const GET = route({
  who: "tenant",
  permission: "books:read",
  summary: "Export your book as a journal for hledger",
  answersWith: "text/plain",
  query: journalQuery,
  run: async (ctx, { query }) => textAnswer("book.journal", await exportOwnJournal(ctx, query)),
});
