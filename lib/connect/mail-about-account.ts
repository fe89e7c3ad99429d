import { readableName } from "#lib/connect/requirement-words";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { queueMail } from "#lib/mail/queue-mail";

type Words = { heading: string; lines: string[]; action: string; place?: string };
type About = { tenant: string; data: Record<string, string>; now: Date };

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
const onDay = (iso: string) => day.format(new Date(iso));
const seeAsked = "See what is asked";

/** What a tenant's people are told of each kind of fact about their account. */
const words: Readonly<Record<string, (about: About) => Words>> = {
  "account.active": ({ tenant }) => ({
    heading: `${tenant} takes payments`,
    lines: [
      "Stripe has what it asked for. Customers can pay you from now on, and what they pay goes to your bank by your payout schedule.",
    ],
    ...{ action: "See payments", place: "payments" },
  }),
  "account.restricted": ({ tenant }) => ({
    heading: `Stripe stopped payments of ${tenant}`,
    lines: [
      "Something it asked for is missing or was not accepted. Nothing you have is lost: money in your balance stays yours.",
      "Give what is asked; payments go on as soon as Stripe has checked it, most often within minutes.",
    ],
    action: seeAsked,
  }),
  "account.closed": ({ tenant }) => ({
    heading: `The account of ${tenant} at Stripe is closed`,
    lines: ["It takes no payments any more. Write to us to open another."],
    action: "See the account",
  }),
  "account.disconnected": ({ tenant }) => ({
    heading: `The account of ${tenant} at Stripe is disconnected from us`,
    lines: [
      "Our access to it at Stripe has ended, so payment links and payouts here have stopped. The account itself goes on at Stripe, and your money in it stays yours.",
      "If this was not meant, ask us there to connect it again, and all goes on where it stopped.",
    ],
    action: "Ask us to connect it again",
  }),
  "account.requirements_due": ({ tenant, data: { dueAt, asked, names, stops }, now }) => ({
    heading: dueAt
      ? `${tenant}: Stripe asks by ${onDay(dueAt)}`
      : `${tenant}: Stripe waits for what it asked`,
    lines: [
      `${asked === "1" ? "One thing is" : `${asked} things are`} missing: ${names}.`,
      stops ? `Without it these stop${dueAt ? ` ${inDays(dueAt, now)}` : ""}: ${stops}.` : "",
    ],
    action: "Give it now",
  }),
  "account.held": ({ tenant, data: { stops, reason, until } }) => ({
    heading: `We stopped ${stops} of ${tenant}`,
    lines: [
      `Why: ${reason}`,
      until
        ? `It ends on ${onDay(until)} at the latest.`
        : "It goes on until we release it. Money in your balance stays yours.",
      "If you think this is wrong, say so there; a person reads it and answers.",
    ],
    action: "See it, or appeal",
  }),
  "account.released": ({ tenant, data: { stops, note } }) => ({
    heading: `${tenant}: a hold of ${stops} ended`,
    lines: [note ?? "", "What nothing else stops is on again."],
    action: "See the account",
  }),
  "account.appeal_decided": ({ tenant, data: { decision, answer } }) => ({
    heading: `${tenant}: your appeal was ${decision === "granted" ? "granted" : "not granted"}`,
    lines: [answer ?? ""],
    action: "See it",
  }),
  "account.confirm_due": ({ tenant, data: { stopsAt } }) => ({
    heading: `${tenant}: are your details still right?`,
    lines: [
      "We ask every company from time to time. Look at the business, its people and its bank account, change what is not right, and say so.",
      stopsAt ? `Payouts wait from ${onDay(stopsAt)} on until you have.` : "",
    ],
    action: "Look at the details",
  }),
};

/** Writes to all who look after a tenant's payments of what became of its account, once each. */
export async function mailAboutAccount(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const write = words[fact.kind];
  if (!write || !fact.tenantId) return;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: fact.tenantId } });
  const filled = Object.entries(fact.data).filter(([, value]) => value !== null);
  const data = Object.fromEntries(filled.map(([key, value]) => [key, String(value)]));
  const about = { tenant: tenant.name, data, now: ctx.now() };
  const { heading, lines, action, place = "onboarding" } = write(about);
  const members = await tx.member.findMany({
    where: { tenantId: tenant.id, role: { in: ["owner", "admin", "finance"] } },
    include: { user: { select: { email: true } } },
  });
  for (const { userId, user } of members) {
    await queueMail(tx, ctx, {
      ...{ template: "payments-account", reference: `${fact.reference}:${userId}`, to: user.email },
      data: {
        ...{ tenant: tenant.name, heading, action, lines: lines.filter(Boolean) },
        path: `/${tenant.slug}/${place}`,
      },
    });
  }
}

/** A capability in a mail's words. */
export function capabilityWords(name: string): string {
  if (name.endsWith("stripe_transfers")) return "money from the platform";
  if (name.endsWith("payouts")) return "payouts to your bank";
  return readableName(name).toLowerCase();
}

function inDays(iso: string, now: Date): string {
  const days = Math.ceil((new Date(iso).getTime() - now.getTime()) / 86_400_000);
  if (days <= 0) return "today";
  return days === 1 ? "within a day" : `in ${days} days`;
}
