import { partsOf, type RatedPart } from "#lib/catalog/price-of";
import { roundQuotient } from "#lib/catalog/rational";
import { invariant } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import { type Period, secondsIn } from "#lib/rater/calendar";
import { percentOff } from "#lib/rater/discounts";
import type { Known, LineKind, Rated, Step, UnratedLine } from "#lib/rater/line";
import { sayPeriod, sayQuantity, sayUnit } from "#lib/rater/say";

/**
 * What a line must come to, and why, from its price, quantity and period alone. Null where nothing
 * is known that it could be worked out from.
 */
export function rateLine(line: UnratedLine, known: Known): Rated | null {
  const steps = raters[line.kind](line, known);
  if (!steps) return null;
  const last = steps.at(-1);
  invariant(last, "a calculation has a step");
  return { expected: money(BigInt(last.minor), line.currency), steps };
}

type Rater = (line: UnratedLine, known: Known) => Step[] | null;

/** How each kind of line is worked out; the last step is what it comes to. */
const raters: Record<LineKind, Rater> = {
  period: wholeOf,
  usage: wholeOf,
  trial: () => [step("A period on trial costs nothing", 0n)],
  partial: (line, known) => share(line, known, wholeOf(line, known)),
  remaining: (line, known) => share(line, known, discounted(line, known)),
  unused: (line, known) => givenBack(share(line, known, debited(line, known))),
  item: () => null,
};

/** All of a period, or the one part of it the line is. */
function wholeOf(line: UnratedLine, { price }: Known): Step[] | null {
  if (!price) return null;
  const parts = partsOf(price.offer, price.included, line.quantity);
  const mine = line.part === null ? parts : parts.slice(line.part, line.part + 1);
  if (mine.length === 0) return null;
  const steps = mine.map((part) => step(sayPart(part, line.currency), part.minor));
  if (steps.length === 1) return steps;
  return [
    ...steps,
    step(
      "Together",
      mine.reduce((sum, { minor }) => sum + minor, 0n),
    ),
  ];
}

function discounted(line: UnratedLine, known: Known): Step[] | null {
  const steps = wholeOf({ ...line, part: null }, known);
  if (!steps) return null;
  let left = BigInt(steps.at(-1)!.minor);
  for (const percent of known.percents) {
    left -= percentOff(left, percent);
    steps.push(step(`Less ${percent} %`, left));
  }
  return steps;
}

function debited(line: UnratedLine, known: Known): Step[] | null {
  if (known.debitedMinor === null) return discounted(line, known);
  return [step("Charged for the whole period", known.debitedMinor)];
}

/** The share of a whole amount that a stretch of its period is, to the second. */
function share({ period }: UnratedLine, { whole }: Known, steps: Step[] | null): Step[] | null {
  if (!steps || !whole || secondsIn(whole) <= 0) return null;
  const seconds = overlap(period, whole);
  const minor = shareOf(BigInt(steps.at(-1)!.minor), seconds, secondsIn(whole));
  const of = `${sayQuantity(String(seconds))} of ${sayQuantity(String(secondsIn(whole)))} seconds`;
  return [...steps, step(`${of}, ${sayPeriod(period)}`, minor)];
}

/** The part of an amount that some seconds of its period are; a half goes away from zero. */
export function shareOf(minor: bigint, seconds: number, ofSeconds: number): bigint {
  return roundQuotient(minor * BigInt(seconds), BigInt(ofSeconds));
}

function overlap(part: Period, whole: Period): number {
  return Math.max(0, Math.min(part.to, whole.to) - Math.max(part.from, whole.from));
}

function givenBack(steps: Step[] | null): Step[] | null {
  const last = steps?.at(-1);
  return steps && last ? [...steps, step("Given back", -BigInt(last.minor))] : null;
}

function sayPart({ tier, quantity, eachMinor }: RatedPart, currency: Currency): string {
  const each = sayUnit(eachMinor, currency);
  const from = tier === null ? "" : `Tier ${tier}: `;
  return quantity === null ? `${from}flat ${each}` : `${from}${sayQuantity(quantity)} × ${each}`;
}

function step(says: string, minor: bigint): Step {
  return { says, minor: String(minor) };
}
