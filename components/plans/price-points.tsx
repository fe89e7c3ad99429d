import type { Interval, PlanComponent } from "#lib/catalog/plan";
import { type Choice, priceOf } from "#lib/catalog/price-of";
import type { Currency } from "#lib/money/currency";

/** What one period costs at a quantity of one component. */
export type PricePoint = { quantity: bigint; minor: bigint; isTurn?: true };

/** How many of each component, by its key. */
export type Quantities = Readonly<Record<string, bigint>>;

const steps = 48n;

/** The whole plan's price at these quantities, exactly. */
export function priceAt(
  components: readonly PlanComponent[],
  at: { currency: Currency; interval: Interval },
  quantities: Quantities,
) {
  return priceOf({ components }, choiceOf(components, at, quantities));
}

/** Every component but a flat one has its own quantity here, so each is priced as usage of it. */
function choiceOf(
  components: readonly PlanComponent[],
  at: { currency: Currency; interval: Interval },
  quantities: Quantities,
): Choice {
  const seat = components.find(({ kind }) => kind === "seat");
  const seats = seat ? Number(quantities[seat.key] ?? 0n) : 0;
  return { ...at, seats, usage: quantities };
}

/**
 * The plan's price along the quantity of one component: evenly spaced, and on both sides of every
 * place where the price turns, so that a step is seen as one.
 */
export function pricePoints(
  components: readonly PlanComponent[],
  at: { currency: Currency; interval: Interval },
  quantities: Quantities,
  along: { key: string; most: bigint },
): PricePoint[] {
  const component = components.find(({ key }) => key === along.key);
  if (!component) return [];
  const places = turnsOf(component, at);
  const turns = places.flatMap((turn) => [turn, turn + 1n]);
  const even = Array.from({ length: Number(steps) + 1 }, (_, step) => {
    return (along.most * BigInt(step)) / steps;
  });
  const chosen = [...even, ...turns].filter((quantity) => quantity <= along.most);
  const sorted = [...new Set(chosen)].sort((left, right) => (left < right ? -1 : 1));
  return sorted.map((quantity) => {
    const { total } = priceAt(components, at, { ...quantities, [along.key]: quantity });
    return { quantity, minor: total.minor, ...(places.includes(quantity) && { isTurn: true }) };
  });
}

/** Where the price of a component changes its slope: what is included, and each tier's end. */
function turnsOf(
  component: PlanComponent,
  at: { currency: Currency; interval: Interval },
): bigint[] {
  const offer = component.prices.find(
    ({ currency, interval }) => currency === at.currency && interval === at.interval,
  );
  const included = BigInt(component.included);
  const ends = (offer?.tiers ?? []).flatMap(({ upTo }) =>
    upTo === null ? [] : [BigInt(upTo) + included],
  );
  return included > 0n ? [included, ...ends] : ends;
}

/** How far a curve should reach to show every step of the price, and the chosen quantity. */
export function reachOf(
  component: PlanComponent,
  at: { currency: Currency; interval: Interval },
  quantity: bigint,
): bigint {
  const least = component.kind === "seat" ? 20n : 1000n;
  const furthest = [least, quantity, ...turnsOf(component, at)].reduce((most, one) =>
    one > most ? one : most,
  );
  return roundUp((furthest * 5n) / 4n);
}

/** Up to one or two leading digits, so that an axis ends at a number one can say. */
function roundUp(quantity: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, quantity.toString().length - 2));
  return ((quantity + unit - 1n) / unit) * unit;
}

/** A few of the points, ends and turns first, for those who read the curve as a table. */
export function thinOut(points: readonly PricePoint[], most = 12): PricePoint[] {
  const last = points.length - 1;
  const turns = points.flatMap(({ isTurn }, place) => (isTurn ? [place] : []));
  const even = Math.max(2, Math.min(points.length, most) - turns.length);
  const spread = Array.from({ length: even }, (_, index) =>
    Math.round((index * last) / Math.max(1, even - 1)),
  );
  const places = [...new Set([...turns, ...spread])].sort((left, right) => left - right);
  return places.flatMap((place) => points[place] ?? []);
}
