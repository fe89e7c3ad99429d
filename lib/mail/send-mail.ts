import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { deliver, isFinalRefusal } from "#lib/mail/deliver";
import { holdsSecret, type MailData, type MailTemplate } from "#lib/mail/mail";
import { renderMail } from "#lib/mail/render-mail";

/**
 * Renders and sends one queued mail. By SMTP where configured; else it is kept for the mailbox
 * page. Towards SMTP that is at least once: a process killed between the server's answer and our
 * note of it sends the mail again, under the same Message-ID, by which a receiver can fold the two.
 * One the server puts off is tried again by the queue; one it refuses for good ends as failed.
 */
export async function sendMail(ctx: Context, { mailId }: { mailId: string }): Promise<void> {
  const mail = await view(ctx, (tx) => tx.mail.findUnique({ where: { id: mailId } }));
  if (mail?.status !== "queued") return;

  const template = mail.template as MailTemplate;
  const rendered = await renderMail(template, mail.data as MailData[MailTemplate]);
  // Once it is in the person's mailbox, or never will be, ours has no use for a secret.
  const cleared = holdsSecret[template] ? { html: null, text: null, data: {} } : {};
  const { SMTP_URL } = env();
  if (!SMTP_URL) {
    await settle(ctx, mailId, { status: "kept", ...rendered });
    return;
  }
  try {
    await deliver(SMTP_URL, { id: mailId, to: mail.to, ...rendered });
  } catch (error) {
    const isFinal = isFinalRefusal(error);
    const reason = error instanceof Error ? error.message : "unknown";
    await settle(ctx, mailId, { error: reason, ...(isFinal && { status: "failed", ...cleared }) });
    if (isFinal) return;
    throw error;
  }
  const sent = { status: "sent", sentAt: ctx.now(), error: null } as const;
  await settle(ctx, mailId, { ...sent, ...rendered, ...cleared });
}

type Outcome = {
  status?: "sent" | "kept" | "failed";
  subject?: string;
  html?: string | null;
  text?: string | null;
  data?: Record<string, never>;
  sentAt?: Date;
  error?: string | null;
};

async function settle(ctx: Context, id: string, outcome: Outcome): Promise<void> {
  await transact(ctx, "mail.send", (tx) => tx.mail.update({ where: { id }, data: outcome }));
}
