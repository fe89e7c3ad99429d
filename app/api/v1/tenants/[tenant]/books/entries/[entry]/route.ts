import { z } from "zod";
import { getOwnEntry } from "#lib/books/get-own-entry";
import { entryInFullAnswer } from "#lib/ledger/answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "books:read",
  summary: "See an entry of your book and what it is joined to",
  answer: entryInFullAnswer,
  params: z.object({ tenant: z.string(), entry: z.string() }),
  run: (ctx, { params }) => getOwnEntry(ctx, { entryId: params.entry }),
});
