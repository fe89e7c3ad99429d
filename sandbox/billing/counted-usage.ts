import { isMetered, type Line, meteredLines, type Period } from "#sandbox/billing/lines";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type ItemRow = Row<"subscription_item">;

/** The time whose usage an item bills: its period, or what is left of it since its price took the
 *  place of another. */
export function countedPeriod({ object, hidden }: ItemRow, end: number): Period {
  return { start: Math.max(object.current_period_start, hidden.countsFrom ?? 0), end };
}

/** What was used until a metered price leaves its item in the middle of a period, by that price.
 *  Nothing where nothing was used.
 *  https://docs.stripe.com/billing/subscriptions/usage-based/manage-billing-setup */
export function leavingUsage(world: World, before: ItemRow, at: number): Line[] {
  const subscription = world.find("subscription", before.object.subscription)?.object;
  if (subscription === undefined || !isRunning(before, at)) return [];
  const lines = meteredLines(
    world,
    before.object,
    countedPeriod(before, at),
    subscription.customer,
  );
  const isNothing = lines.every(({ amount, quantity_decimal: used }) => !amount && used === "0");
  return isNothing ? [] : lines.map(apart);
}

/** Whether a line bills usage. */
export function isOfUsage(world: World, { pricing }: Line): boolean {
  const price = world.find("price", String(pricing?.price_details?.price ?? ""));
  return price?.object.recurring?.usage_type === "metered";
}

/** Begins the counting of a metered price that came in the middle of a period. */
export function countFrom(world: World, before: ItemRow, after: ItemRow, at: number): void {
  if (!isMetered(after.object) || before.object.current_period_end <= at) return;
  if (after.object.price.id === before.object.price.id) return;
  after.hidden = { ...after.hidden, countsFrom: at };
  world.save(after);
}

// A period that is over is billed as such, whatever its item becomes with the next.
function isRunning({ object }: ItemRow, at: number): boolean {
  return isMetered(object) && at < object.current_period_end;
}

// Counted to its end: what is reported later for this time is on no invoice.
function apart(line: Line): Line {
  const details = line.parent?.subscription_item_details;
  if (!line.parent || !details) return line;
  const told = { ...details, proration: true, proration_details: { credited_items: null } };
  return { ...line, parent: { ...line.parent, subscription_item_details: told } };
}
