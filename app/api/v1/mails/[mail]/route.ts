import { z } from "zod";
import { getMail } from "#lib/mail/list-mails";
import { route } from "#lib/web/route";

export const GET = route({
  who: "anyone",
  params: z.object({ mail: z.string() }),
  run: (ctx, { params }) => getMail(ctx, { mailId: params.mail }),
});
