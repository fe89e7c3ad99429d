import { discountedMinor } from "#sandbox/billing/discounted";
import { dayOf, wholePeriod } from "#sandbox/billing/item-period";
import { itemsOf } from "#sandbox/billing/items";
import { isMetered, itemAmount, type Line, lineOf, productName } from "#sandbox/billing/lines";
import { shareBetween, shareOf } from "#sandbox/money/proration";
import { rational } from "#sandbox/money/rational";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Item = ObjectOf<"subscription_item">;
type ItemRow = Row<"subscription_item">;

/** The credit and the debit of changing an item in the middle of its period, as of an instant. What
 *  is credited is what was debited for the period, not what the item costs by now. */
export function prorationLines(
  world: World,
  before: ItemRow | null,
  after: ItemRow | null,
  at = world.now(),
): Line[] {
  return [
    ...(isLicensed(before) ? [creditOf(world, before, at)] : []),
    ...(isLicensed(after) ? [debitOf(world, after, before, at)] : []),
  ];
}

/** What is left of the periods of a subscription that ends, given back. */
export function unusedTime(
  world: World,
  { id }: ObjectOf<"subscription">,
  at = world.now(),
): Line[] {
  return itemsOf(world, id).flatMap((item) => prorationLines(world, item, null, at));
}

/** What moving the end of an item's service within its period comes to: the time that is not used
 *  any more is credited, and time that is used after all is debited again. */
export function moveEnd(world: World, row: ItemRow, until: number): Line[] {
  const { current_period_start: start, current_period_end: end } = row.object;
  const paid = row.hidden.paidUntil ?? end;
  if (until === paid || !isLicensed(row)) return [];
  const [from, to] = until < paid ? [until, paid] : [paid, until];
  const amount = until < paid ? -debited(row) : debited(row);
  const minor = shareOf(amount, shareBetween({ start, end }, from, to));
  const { debitedMinor } = row.hidden;
  row.hidden = until < end ? { debitedMinor, paidUntil: until } : { debitedMinor };
  world.save(row);
  const word = until < paid ? "Unused" : "Remaining";
  return [lineAbout(world, row.object, { minor, word, from, to })];
}

/** The instant a change is prorated from: now, or the one that was asked for. */
export function prorationDate(
  items: readonly ItemRow[],
  now: number,
  sent: number | undefined,
  param = "proration_date",
): number {
  if (sent === undefined) return now;
  const start = Math.min(...items.map(({ object }) => object.current_period_start));
  const end = Math.max(...items.map(({ object }) => object.current_period_end));
  if (sent >= start && sent <= end) return sent;
  const message = "The proration date must be within the current period of the subscription.";
  throw invalidRequest(message, undefined, param);
}

function creditOf(world: World, row: ItemRow, at: number): Line {
  const { current_period_start: start, current_period_end: end } = row.object;
  const to = row.hidden.paidUntil ?? end;
  const minor = shareOf(-debited(row), shareBetween({ start, end }, at, to));
  return lineAbout(world, row.object, { minor, word: "Unused", from: at, to });
}

function debitOf(world: World, row: ItemRow, before: ItemRow | null, at: number): Line {
  const subscription = world.find("subscription", row.object.subscription)?.object;
  if (subscription === undefined) throw new Error("Invariant: an item has a subscription");
  const to = before?.hidden.paidUntil ?? row.object.current_period_end;
  const { price, quantity } = row.object;
  const gross = itemAmount(world, price.id, quantity ?? 1, subscription.currency);
  const cost = discountedMinor(world, row.object, gross);
  const minor = shareOf(cost, shareBetween(wholePeriod(subscription, row.object), at, to));
  return lineAbout(world, row.object, { minor, word: "Remaining", from: at, to });
}

function lineAbout(
  world: World,
  item: Item,
  facts: { minor: bigint; word: string; from: number; to: number },
): Line {
  return lineOf(world, item, {
    amount: Number(facts.minor),
    description: `${facts.word} time on ${sayItem(world, item)} after ${dayOf(facts.from)}`,
    period: { start: facts.from, end: Math.max(facts.from, facts.to) },
    proration: true,
    quantity: rational(item.quantity ?? 1),
  });
}

function debited(row: ItemRow): bigint {
  return BigInt(row.hidden.debitedMinor);
}

function isLicensed(row: ItemRow | null): row is ItemRow {
  return row !== null && !isMetered(row.object);
}

function sayItem(world: World, { price, quantity }: Item): string {
  const name = productName(world, price);
  return quantity === undefined || quantity === 1 ? name : `${quantity} × ${name}`;
}
