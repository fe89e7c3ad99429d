import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PromotionCode } from "#lib/stripe/gateway-discounts";

/** Who would use a code. */
export type Buyer = {
  /** By Stripe's ids; none before the first purchase. */
  buyerIds: string[];
  hasPaid: boolean;
};

/** What a code would be used for. */
export type CodeUse = Buyer & {
  currency: string;
  now: Date;
  /** What a period of it costs, usage apart, in minor units; left out where it is not known. */
  periodMinor?: bigint;
  /** Its products at Stripe; left out where they are not known. */
  productIds?: readonly string[];
  /** When it would be redeemed, where that is not now. */
  redeemAt?: Date;
};

type Rule = (code: PromotionCode, use: CodeUse) => string | null;

/** Why a code does nothing, the plainest reason first. */
const rules: readonly Rule[] = [
  ({ code, isUsedUp }) =>
    isUsedUp ? `The code ${code} was used up. It cannot be used again.` : null,
  ({ code, isActive, endsAt }, { now }) => {
    if (isActive) return null;
    return endsAt && endsAt <= now
      ? `The code ${code} ended on ${sayDay(endsAt)}.`
      : `The code ${code} is no longer valid.`;
  },
  ({ code, currencies }, { currency }) =>
    currencies === null || currencies.includes(currency)
      ? null
      : `The code ${code} is for prices in ${sayCurrencies(currencies)}.`,
  ({ code, isFirstTimeOnly }, { hasPaid }) =>
    isFirstTimeOnly && hasPaid
      ? `The code ${code} is for a first purchase, and this workspace has paid before.`
      : null,
  ({ code, least }, { currency, periodMinor: costs }) => {
    const minor = least[currency];
    if (minor === undefined || costs === undefined || costs >= minor) return null;
    const [wanted, is] = [say(minor, currency), say(costs, currency)];
    return `The code ${code} is for ${wanted} or more, and this is ${is}.`;
  },
  ({ code, productIds }, { productIds: chosen }) =>
    productIds.length === 0 || !chosen || productIds.some((id) => chosen.includes(id))
      ? null
      : `The code ${code} is for another plan.`,
  ({ code, endsAt }, { redeemAt }) =>
    endsAt && redeemAt && endsAt <= redeemAt
      ? `The code ${code} ends on ${sayDay(endsAt)}, before the change is made.`
      : null,
];

/** The promotion code someone typed, or a refusal of the field that says why it does nothing. */
export async function findCode(
  gateway: StripeGateway,
  typed: string,
  use: CodeUse,
): Promise<PromotionCode> {
  const found = await gateway.findPromotionCode(typed.trim(), use.buyerIds);
  const refuse = (message: string) => new Refusal("invalid", message, { field: "code" });
  if (!found) throw refuse(`There is no code ${typed.trim()}. Look at its spelling.`);
  for (const rule of rules) {
    const why = rule(found, use);
    if (why) throw refuse(why);
  }
  return found;
}

/** Who a tenant is to Stripe, and whether it ever paid us. */
export async function readBuyer(tx: Tx, tenantId: string): Promise<Buyer> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const { stripeAccountId, stripeCustomerId } = tenant;
  const paid = await tx.invoice.count({ where: { tenantId, amountPaidMinor: { gt: 0n } } });
  return {
    buyerIds: [stripeAccountId, stripeCustomerId].filter((id) => id !== null),
    hasPaid: paid > 0,
  };
}

function say(minor: bigint, currency: string): string {
  return isCurrency(currency) ? formatMoney(money(minor, currency)) : `${minor} ${currency}`;
}

function sayCurrencies(currencies: readonly string[]): string {
  const named = [...new Set(currencies)].map((one) => one.toUpperCase());
  return new Intl.ListFormat("en", { type: "disjunction" }).format(named);
}

function sayDay(at: Date): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(at);
}
