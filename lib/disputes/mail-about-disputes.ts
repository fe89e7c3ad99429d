import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import type { MailData } from "#lib/mail/mail";
import { queueMail } from "#lib/mail/queue-mail";
import { isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { tenantPermissions } from "#lib/tenancy/permissions";

type Words = Omit<MailData["dispute-notice"], "tenant" | "path"> & { path: string };

/** Writes to whoever may answer that a payment is disputed, or that a bank only asks. */
export async function mailDisputeOpened(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { disputeId, status } = fact.data;
  const dispute = await dueOf(tx, String(disputeId));
  // One that was long over when it was first heard of wants nobody any more.
  if (dispute?.dueAt && dispute.dueAt < ctx.now()) return;
  const amount = amountOf(fact);
  const isInquiry = String(status).startsWith("warning_");
  const by = dispute?.dueAt ? `Answer by ${day.format(dispute.dueAt)}` : "Answer it soon";
  await mailMoneyPeople(tx, ctx, fact, {
    heading: isInquiry ? `A bank asks about a payment of ${amount}` : `${amount} is disputed`,
    line: isInquiry
      ? `Nothing was taken yet. ${by}; a refund of the payment ends it.`
      : `The bank took it back for now. ${by}; without an answer it is lost.`,
    ...{ action: "See it and answer", path: `/disputes/${disputeId}` },
  });
}

/** Writes how a dispute ended. */
export async function mailDisputeEnded(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { disputeId } = fact.data;
  if (!(await isNews(tx, fact, ctx))) return;
  const ends: Record<string, [string, string]> = {
    "dispute.won": ["You won a dispute", "The amount came back; Stripe keeps its fee."],
    "dispute.lost": ["A dispute is lost", "The amount and the fee are gone. This is final."],
    "dispute.warning_closed": ["A bank's question is closed", "Nothing was taken."],
  };
  const [heading, line] = ends[fact.kind]!;
  await mailMoneyPeople(tx, ctx, fact, {
    ...{ heading: `${heading}: ${amountOf(fact)}`, line },
    ...{ action: "See the dispute", path: `/disputes/${disputeId}` },
  });
}

/** Writes that a card's bank believes its holder did not pay, while a refund can still help. */
export async function mailFraudWarning(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  if (!(await isNews(tx, fact, ctx))) return;
  await mailMoneyPeople(tx, ctx, fact, {
    heading: "A payment may be fraudulent",
    line:
      "The card's bank warns that its holder may not have paid. Most such payments are disputed. " +
      "A refund now keeps it from becoming a dispute and saves the fee.",
    ...{ action: "See the payment", path: "/disputes?view=warnings" },
  });
}

/** Once for each fact and person: to everybody whose role may answer disputes. */
export async function mailMoneyPeople(
  tx: Tx,
  ctx: Context,
  { reference, tenantId }: Pick<Fact, "reference" | "tenantId">,
  { path, ...words }: Words,
): Promise<void> {
  if (!tenantId) return;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const members = await tx.member.findMany({
    where: { tenantId, role: { in: [...tenantPermissions["disputes:respond"]] } },
    include: { user: true },
  });
  for (const { userId, user } of members) {
    await queueMail(tx, ctx, {
      template: "dispute-notice",
      reference: `${reference}:${userId}`,
      to: user.email,
      data: { ...words, tenant: tenant.name, path: `/${tenant.slug}${path}` },
    });
  }
}

const newsForMs = 7 * 86_400_000;

/** What happened longer ago is on the pages, and nobody is written to. */
async function isNews(tx: Tx, { reference }: Fact, ctx: Context): Promise<boolean> {
  const { at } = await tx.fact.findUniqueOrThrow({ where: { reference } });
  return ctx.now().getTime() - at.getTime() <= newsForMs;
}

function dueOf(tx: Tx, id: string) {
  return tx.stripeDispute.findFirst({ where: { id }, select: { dueAt: true } });
}

/** An amount of a fact, or of a dispute, in words. */
export function amountOf({ data }: Pick<Fact, "data">): string {
  const { minor, currency } = data;
  const known = String(currency);
  if (!isCurrency(known)) return `${minor} ${known.toUpperCase()}`;
  return formatMoney({ minor: BigInt(String(minor)), currency: known });
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
