import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";

export type KeptMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly createdAt: Date;
};

/**
 * True where mail is kept for the mailbox page: a local installation without SMTP. Anyone may
 * read it there, links included, so with real Stripe keys there is no such page.
 */
export function hasMailbox(): boolean {
  return !env().SMTP_URL && Boolean(env().STRIPE_API_BASE);
}

/** The latest mails of a local installation, newest first. Elsewhere there is no such thing. */
export async function listMails(ctx: Context): Promise<KeptMail[]> {
  requireMailbox();
  const mails = await view(withSystemReach(ctx), (tx) =>
    tx.mail.findMany({
      where: { status: "kept" },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 100,
      select: { id: true, to: true, subject: true, createdAt: true },
    }),
  );
  return mails.map((mail) => ({ ...mail, subject: mail.subject ?? "" }));
}

/** One mail of a local installation, as it would have been sent. */
export async function getMail(
  ctx: Context,
  input: { mailId: string },
): Promise<KeptMail & { html: string; text: string }> {
  requireMailbox();
  const mail = await view(withSystemReach(ctx), (tx) =>
    tx.mail.findFirst({ where: { id: input.mailId, status: "kept" } }),
  );
  if (!mail) throw new Refusal("not_found", "There is no such mail.");
  const { id, to, createdAt } = mail;
  const { subject, html, text } = mail;
  return { id, to, createdAt, subject: subject ?? "", html: html ?? "", text: text ?? "" };
}

function requireMailbox(): void {
  if (!hasMailbox()) throw new Refusal("not_found", "Mail is sent, not kept, here.");
}

function withSystemReach(ctx: Context): Context {
  return { ...ctx, scope: { kind: "system" } };
}
