import { spread } from "#sandbox/money/spread";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Transaction = ObjectOf<"tax.transaction">;
/** A line of a tax transaction. */
export type TaxLine = NonNullable<Transaction["line_items"]>["data"][number];
/** An amount and the tax on it. */
export interface Taxed {
  amount: number;
  amount_tax: number;
}

/** The lines of a transaction, each with what of it has not been reversed. */
export function linesLeft(world: World, transaction: Transaction): [TaxLine, Taxed][] {
  const reversed = world
    .list("tax.transaction", { parent: transaction.id })
    .flatMap(({ object }) => linesLeft(world, object));
  return (transaction.line_items?.data ?? []).map((line) => {
    const own = reversed.filter(([each]) => each.reversal?.original_line_item === line.id);
    const sum = (field: keyof Taxed) =>
      own.reduce((total, [, left]) => total + left[field], line[field]);
    return [line, { amount: sum("amount"), amount_tax: sum("amount_tax") }];
  });
}

/** What a flat amount, tax included, takes back of each line: by what is left of each. */
export function shareFlat(lines: readonly [TaxLine, Taxed][], flat: number): Taxed[] {
  const wholes = lines.map(([line, left]) => BigInt(wholeOf(line, left)));
  const total = wholes.reduce((sum, whole) => sum + whole, 0n);
  if (flat >= 0 || BigInt(-flat) > total) {
    const message = `The flat amount must be negative, and no more than what is left (${total}).`;
    throw invalidRequest(message, undefined, "flat_amount");
  }
  return spread(BigInt(-flat), wholes).map((share, place) => {
    const [line, left] = lines[place] as [TaxLine, Taxed];
    const whole = wholes[place] ?? 0n;
    const tax = whole === 0n ? 0n : (share * BigInt(left.amount_tax)) / whole;
    const amount = line.tax_behavior === "inclusive" ? share : share - tax;
    return { amount: -Number(amount), amount_tax: -Number(tax) };
  });
}

function wholeOf({ tax_behavior }: TaxLine, { amount, amount_tax }: Taxed): number {
  return tax_behavior === "inclusive" ? amount : amount + amount_tax;
}
