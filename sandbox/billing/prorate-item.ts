import { discountedMinor } from "#sandbox/billing/discounted";
import { isMetered, itemAmount, type Line, lineOf, productName } from "#sandbox/billing/lines";
import { prorate, remainingShare } from "#sandbox/money/proration";
import { rational } from "#sandbox/money/rational";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Item = ObjectOf<"subscription_item">;
type ItemRow = Row<"subscription_item">;

/** The credit and the debit of changing an item in the middle of its period. What is credited is
 *  what was debited for the period, not what the item costs by now. */
export function prorationLines(
  world: World,
  before: ItemRow | null,
  after: ItemRow | null,
): Line[] {
  const item = (after ?? before)?.object;
  if (item === undefined) return [];
  const period = { start: item.current_period_start, end: item.current_period_end };
  const share = remainingShare(period, world.now());
  const debited = BigInt(before?.hidden.debitedMinor ?? "0");
  const { credit, debit } = prorate(debited, costOf(world, after), share);
  const line = (about: Item, amount: bigint, word: string): Line =>
    lineOf(world, about, {
      amount: Number(amount),
      description: `${word} time on ${sayItem(world, about)} after ${dayOf(world)}`,
      period: { start: world.now(), end: period.end },
      proration: true,
      quantity: rational(about.quantity ?? 1),
    });
  return [
    ...(isLicensed(before) ? [line(before.object, credit, "Unused")] : []),
    ...(isLicensed(after) ? [line(after.object, debit, "Remaining")] : []),
  ];
}

function isLicensed(row: ItemRow | null): row is ItemRow {
  return row !== null && !isMetered(row.object);
}

function costOf(world: World, row: ItemRow | null): bigint {
  if (!isLicensed(row)) return 0n;
  const gross = itemAmount(world, row.object.price.id, row.object.quantity ?? 1);
  return discountedMinor(world, row.object, gross);
}

function sayItem(world: World, { price, quantity }: Item): string {
  const name = productName(world, price);
  return quantity === undefined || quantity === 1 ? name : `${quantity} × ${name}`;
}

function dayOf(world: World): string {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Date(world.now() * 1000).toLocaleDateString("en-GB", options);
}
