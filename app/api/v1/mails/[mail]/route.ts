import { z } from "zod";
import { getMail } from "#lib/mail/list-mails";
import { route } from "#lib/web/route";
import { instant } from "#lib/wire";

export const GET = route({
  who: "anyone",
  summary: "Get a kept mail",
  answer: z.object({
    id: z.string(),
    to: z.string(),
    subject: z.string(),
    createdAt: instant,
    html: z.string(),
    text: z.string(),
  }),
  params: z.object({ mail: z.string() }),
  run: (ctx, { params }) => getMail(ctx, { mailId: params.mail }),
});
