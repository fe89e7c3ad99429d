import { isMetered, itemAmount, type Line, lineOf, productName } from "#sandbox/billing/lines";
import { prorate, remainingShare } from "#sandbox/money/proration";
import { rational } from "#sandbox/money/rational";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Item = ObjectOf<"subscription_item">;

/** The credit and the debit of changing an item in the middle of its period. */
export function prorationLines(world: World, before: Item | null, after: Item | null): Line[] {
  const item = after ?? before;
  if (item === null) return [];
  const period = { start: item.current_period_start, end: item.current_period_end };
  const share = remainingShare(period, world.now());
  const { credit, debit } = prorate(amountOf(world, before), amountOf(world, after), share);
  const left = { start: world.now(), end: period.end };
  const line = (about: Item, amount: bigint, word: string): Line =>
    lineOf(world, about, {
      amount: Number(amount),
      description: `${word} time on ${sayItem(world, about)} after ${dayOf(world)}`,
      period: left,
      proration: true,
      quantity: rational(about.quantity ?? 1),
    });
  return [
    ...(before === null || isMetered(before) ? [] : [line(before, credit, "Unused")]),
    ...(after === null || isMetered(after) ? [] : [line(after, debit, "Remaining")]),
  ];
}

function amountOf(world: World, item: Item | null): bigint {
  if (item === null || isMetered(item)) return 0n;
  return itemAmount(world, item.price.id, item.quantity ?? 1);
}

function sayItem(world: World, { price, quantity }: Item): string {
  const name = productName(world, price);
  return quantity === undefined || quantity === 1 ? name : `${quantity} × ${name}`;
}

function dayOf(world: World): string {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Date(world.now() * 1000).toLocaleDateString("en-GB", options);
}
