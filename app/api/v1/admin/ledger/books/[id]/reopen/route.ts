import { z } from "zod";
import { bookAnswer } from "#lib/ledger/answers";
import { reopenBook, reopenInput } from "#lib/ledger/close-book";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "ledger:close",
  summary: "Open a closed month of a book again",
  answer: bookAnswer,
  params: z.object({ id: z.string() }),
  body: reopenInput,
  run: (ctx, { params, body }) => reopenBook(ctx, { book: params.id, ...body }),
});
