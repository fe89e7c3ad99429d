import type { Currency } from "#lib/money/currency";

/** What one subscriber paid or pays, and what it would be instead. Minor units. */
export type Compared = { currency: Currency; before: bigint; after: bigint };

/** Whose rows one wants to see: who would pay more, who less, or everybody. */
export type Side = "all" | "more" | "less";

/** The furthest change first, each currency by itself: amounts of two are never compared. */
export function furthestFirst<Row extends Compared>(rows: readonly Row[], side: Side): Row[] {
  return rows
    .filter((row) => side === "all" || sideOf(row) === side)
    .sort((left, right) => {
      if (left.currency !== right.currency) return left.currency.localeCompare(right.currency);
      const [first, second] = [gapOf(left), gapOf(right)];
      return first === second ? 0 : first > second ? -1 : 1;
    });
}

function sideOf({ before, after }: Compared): Side | "same" {
  if (before === after) return "same";
  return after > before ? "more" : "less";
}

function gapOf({ before, after }: Compared): bigint {
  return after > before ? after - before : before - after;
}

/** "+12.5 %", away from zero at a half; nothing where nothing was paid before. */
export function sayChange({ before, after }: Pick<Compared, "before" | "after">): string {
  if (before === 0n || before === after) return "";
  const doubled = (after - before) * 2000n;
  const perMille = (doubled + (doubled < 0n ? -before : before)) / (before * 2n);
  const [sign, size] = perMille < 0n ? ["−", -perMille] : ["+", perMille];
  return `${sign}${size / 10n}.${size % 10n} %`;
}
