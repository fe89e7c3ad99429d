import { amount, day } from "#sandbox/embedded/parts";
import { edges, startPdf } from "#sandbox/pdf/document";
import type { World } from "#sandbox/world/world";

/** A fee of one kind in a month and a currency: how often it was taken, and how much in all. */
export interface FeeLine {
  name: string;
  by: "Stripe" | "Platform";
  count: number;
  total: number;
}

/** What Stripe and the platform took of an account in a month and a currency. */
export interface FeeStatement {
  /** Like 2026-11. */
  month: string;
  currency: string;
  lines: FeeLine[];
  /** A month that still runs may bring more. */
  isFinal: boolean;
}

/** A statement for every month and currency there were fees in, newest first, out of the ledger. */
export function feeStatements(world: World): FeeStatement[] {
  const months = new Map<string, FeeStatement>();
  for (const { object } of world.list("balance_transaction")) {
    const month = monthOf(object.created);
    const isFinal = month < monthOf(world.now());
    for (const { amount: minor, currency, description, type } of object.fee_details) {
      const key = `${month} ${currency}`;
      const statement = months.get(key) ?? { month, currency, lines: [], isFinal };
      months.set(key, statement);
      const by = type === "application_fee" ? "Platform" : "Stripe";
      add(statement, { name: description ?? "Fees", by, count: 1, total: minor });
    }
  }
  const found = [...months.values()];
  return found.sort(
    (one, other) =>
      other.month.localeCompare(one.month) || one.currency.localeCompare(other.currency),
  );
}

/** What a statement comes to; of one of those who took it, if one is named. */
export function sumOf({ lines }: FeeStatement, by?: FeeLine["by"]): number {
  return lines
    .filter((line) => by === undefined || line.by === by)
    .reduce((sum, { total }) => sum + total, 0);
}

/** A statement to print and to file. */
export function statementPdf(
  statement: FeeStatement,
  about: { account: string; name: string; now: number },
): Uint8Array {
  const { currency, isFinal, lines, month } = statement;
  const title = `Statement of fees, ${month}`;
  const pdf = startPdf(title);
  pdf.text(title, { x: edges.left, size: 18, weight: "bold" });
  pdf.down(26);
  pdf.text(about.name, { x: edges.left });
  pdf.text(`Made on ${day(about.now)}`, { x: edges.right, isRight: true, isSoft: true });
  pdf.down(16);
  pdf.text(about.account, { x: edges.left, isSoft: true });
  pdf.text(isFinal ? "Final" : "The month still runs", { x: edges.right, isRight: true });
  pdf.down(28);
  for (const { name, by, count, total } of lines) {
    pdf.text(name, { x: edges.left });
    const often = count === 1 ? "once" : `${count} times`;
    pdf.text(`${by}, ${often}`, { x: edges.left + 220, isSoft: true });
    pdf.text(amount(total, currency), { x: edges.right, isRight: true });
    pdf.down(18, 40);
  }
  pdf.rule();
  pdf.down(18);
  pdf.text("Total", { x: edges.left, weight: "bold" });
  const whole = amount(sumOf(statement), currency);
  pdf.text(whole, { x: edges.right, isRight: true, weight: "bold" });
  return pdf.bytes();
}

function add(statement: FeeStatement, line: FeeLine): void {
  const known = statement.lines.find(({ name, by }) => name === line.name && by === line.by);
  if (known === undefined) {
    statement.lines.push(line);
    return;
  }
  known.count += 1;
  known.total += line.total;
}

function monthOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}
