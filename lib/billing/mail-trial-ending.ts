import { estimateNext } from "#lib/billing/get-billing";
import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import { readAddOns } from "#lib/billing/read-add-ons";
import { toSubscription } from "#lib/billing/subscription";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { formatMoney } from "#lib/money/format-money";

/** Writes to a tenant's billing people what their trial's end brings, and how to have it so. */
export async function mailTrialEnding(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { status, trialEndsAt } = fact.data;
  const row = await tx.subscription.findFirst({
    where: { tenantId: fact.tenantId ?? "", status: String(status) },
    orderBy: { createdAt: "desc" },
    include: { version: { include: wholeVersion } },
  });
  if (!row?.version) return;
  const plan = toPlan(row.version);
  const had = [{ plan, quantity: 1 }, ...(await readAddOns(tx, row.id))];
  const next = estimateNext(had, toSubscription(row));
  const isPaid = await hasMethod(tx, row.id);
  const on = day.format(new Date(String(trialEndsAt)));
  const amount = next && formatMoney(next.amount);
  await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
    template: "plan-changed",
    data: {
      ...{ tenant, heading: `Your trial of ${plan.name} ends on ${on}` },
      ...wordsOf({ amount, isPaid, interval: row.interval }),
      path: isPaid || !amount ? `${path}/billing` : `${path}/billing/payment`,
    },
  }));
}

type About = { amount: string | null; isPaid: boolean; interval: string };

function wordsOf({ amount, isPaid, interval }: About): { line: string; action: string } {
  if (amount === null) {
    const line = "The plan ends with it, and the workspace moves to Free. Nothing is charged.";
    return { line, action: "See billing" };
  }
  const price = `${amount} a ${interval}, before discounts, tax and usage`;
  if (isPaid) {
    const line = `From then on it is ${price}. To pay nothing, cancel before that day.`;
    return { line, action: "See billing" };
  }
  const line = `To go on for ${price}, add a way to pay. Without one the plan stops that day.`;
  return { line, action: "Add a way to pay" };
}

/** True where Stripe has something to charge: the plan's own way to pay, or the tenant's. */
async function hasMethod(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ has: boolean }?]>`
    select coalesce(s.object ->> 'default_payment_method', s.object ->> 'default_source',
      c.object #>> '{invoice_settings,default_payment_method}') is not null as has
    from subscriptions s
      left join stripe_customers c on c.account = '' and c.id = s.object ->> 'customer'
    where s.id = ${id}`;
  return row?.has ?? false;
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
