import { z } from "zod";
import { bookAnswer } from "#lib/ledger/answers";
import { closeBook, closeInput } from "#lib/ledger/close-book";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "ledger:close",
  summary: "Close a book through a month",
  answer: bookAnswer,
  params: z.object({ id: z.string() }),
  body: closeInput,
  run: (ctx, { params, body }) => closeBook(ctx, { book: params.id, ...body }),
});
