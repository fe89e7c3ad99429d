import { z } from "zod";
import { entryInFullAnswer } from "#lib/ledger/answers";
import { getEntry } from "#lib/ledger/get-entry";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Read a journal entry",
  answer: entryInFullAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getEntry(ctx, params),
});
