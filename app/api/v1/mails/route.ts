import { z } from "zod";
import { allOf } from "#lib/keyset";
import { listMails } from "#lib/mail/list-mails";
import { route } from "#lib/web/route";
import { instant, pageOf } from "#lib/wire";

export const GET = route({
  who: "anyone",
  summary: "List kept mails",
  description:
    "Only a local installation without SMTP keeps any; elsewhere there is no such thing.",
  answer: pageOf(
    z.object({ id: z.string(), to: z.string(), subject: z.string(), createdAt: instant }),
  ),
  run: async (ctx) => allOf(await listMails(ctx)),
});
