import { listMails } from "#lib/mail/list-mails";
import { route } from "#lib/web/route";

export const GET = route({ who: "anyone", run: (ctx) => listMails(ctx) });
