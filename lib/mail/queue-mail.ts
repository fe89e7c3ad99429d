import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { MailTemplate, NewMail } from "#lib/mail/mail";

/**
 * Has a mail sent once the transaction commits, and never for one that does not. The same
 * reference a second time changes nothing. The job carries the mail's id and no word of it.
 */
export async function queueMail<T extends MailTemplate>(
  tx: Tx,
  ctx: Context,
  mail: NewMail<T>,
): Promise<void> {
  const createdAt = ctx.now();
  const id = newId("mail", createdAt);
  // createMany returns no rows: most who may have a mail sent may not read it.
  const { count } = await tx.mail.createMany({
    data: [{ id, ...mail, data: { ...mail.data }, status: "queued", createdAt }],
    skipDuplicates: true,
  });
  if (count) await enqueue(tx, "mail.send", { mailId: id }, { key: `mail:${id}` });
}
