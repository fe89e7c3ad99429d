import { listOwnEntries, ownEntryQuery } from "#lib/books/list-own-entries";
import { postedEntryAnswer } from "#lib/ledger/answers";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "books:read",
  summary: "List the entries of your book",
  answer: pageOf(postedEntryAnswer),
  query: ownEntryQuery,
  run: (ctx, { query }) => listOwnEntries(ctx, query),
});
