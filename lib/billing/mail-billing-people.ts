import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import type { MailTemplate, NewMail } from "#lib/mail/mail";
import { queueMail } from "#lib/mail/queue-mail";

type Words<T extends MailTemplate> = Pick<NewMail<T>, "template" | "data">;

/** Writes to all who look after a tenant's billing, and whom they named, of a fact; once each. */
export async function mailBillingPeople<T extends MailTemplate>(
  tx: Tx,
  ctx: Context,
  fact: Fact,
  write: (about: { tenant: string; path: string }) => Words<T>,
): Promise<void> {
  if (!fact.tenantId) return;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: fact.tenantId } });
  const members = await tx.member.findMany({
    where: { tenantId: tenant.id, role: { in: ["owner", "finance"] } },
    include: { user: true },
  });
  const settings = await tx.billingSettings.findUnique({ where: { tenantId: tenant.id } });
  const people = members.map(({ userId, user }) => ({ who: userId, to: user.email }));
  const others = (settings?.ccEmails ?? [])
    .filter((email) => !people.some(({ to }) => to === email))
    .map((email) => ({ who: email, to: email }));
  for (const { who, to } of [...people, ...others]) {
    const words = write({ tenant: tenant.name, path: `/${tenant.slug}` });
    await queueMail(tx, ctx, { ...words, reference: `${fact.reference}:${who}`, to });
  }
}
