import { postedEntryAnswer } from "#lib/ledger/answers";
import { entryQuery, listEntries } from "#lib/ledger/list-entries";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "List journal entries",
  answer: pageOf(postedEntryAnswer),
  query: entryQuery,
  run: (ctx, { query }) => listEntries(ctx, query),
});
