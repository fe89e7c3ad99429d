import { availableOf } from "#sandbox/payments/balance";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Card = ObjectOf<"issuing.card">;
type Limit = NonNullable<Card["spending_controls"]["spending_limits"]>[number];

/** Why a purchase is declined, in Stripe's word, or that it is not: `card_active`. */
export function decide(world: World, card: Card, amount: number, currency: string): string {
  const holder = world.find("issuing.cardholder", card.cardholder.id)?.object;
  if (card.status !== "active") return `card_${card.status}`;
  if (holder?.status !== "active") return "cardholder_inactive";
  const limits = card.spending_controls.spending_limits ?? [];
  if (limits.some((limit) => amount > leftOf(world, card, limit))) return "spending_controls";
  return amount > fundsOf(world, card, currency) ? "insufficient_funds" : "card_active";
}

/** What a limit still lets be spent: the limit less what was bought and is held in its interval. */
export function leftOf(world: World, card: Card, limit: Limit): number {
  if (limit.interval === "per_authorization") return limit.amount;
  const since = beginOf(limit.interval, world.now());
  const bought = world
    .list("issuing.transaction", { parent: card.id })
    .filter(({ object }) => object.created >= since)
    .reduce((sum, { object }) => sum - object.amount, 0);
  const held = world
    .list("issuing.authorization", { parent: card.id, status: "pending" })
    .filter(({ object }) => object.approved && object.created >= since)
    .reduce((sum, { object }) => sum + object.amount, 0);
  return limit.amount - bought - held;
}

/** What a card may draw on: its financial account's cash, else the payments balance. */
function fundsOf(world: World, card: Card, currency: string): number {
  if (!card.financial_account) return availableOf(world, currency);
  const account = world.find("treasury.financial_account", card.financial_account)?.object;
  return account?.balance.cash[currency] ?? 0;
}

// Days, months and years begin at midnight in UTC, and weeks on Sunday.
function beginOf(interval: string, now: number): number {
  const today = new Date(now * 1000);
  const [year, month, date] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()];
  const begins: Record<string, number> = {
    daily: Date.UTC(year, month, date),
    weekly: Date.UTC(year, month, date - today.getUTCDay()),
    monthly: Date.UTC(year, month, 1),
    yearly: Date.UTC(year, 0, 1),
  };
  return (begins[interval] ?? 0) / 1000;
}
