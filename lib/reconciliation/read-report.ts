import { pipeline, type Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { messageOf, Refusal } from "#lib/errors";
import { currencies, isCurrency } from "#lib/money/currency";

const linesAtOnce = 1_000;
/** What a report must say of each balance transaction, by the names Stripe gives its columns. */
const needed = [
  "balance_transaction_id",
  "created_utc",
  "currency",
  "gross",
  "fee",
  "net",
] as const;

type Line = Readonly<Record<string, string>>;
type Row = ReturnType<typeof rowOf>;

/**
 * Reads a report's file as it comes and keeps its lines; none of it is ever held whole. Reading it
 * again after a crash changes nothing. Answers how many lines there are.
 */
export async function readReport(
  ctx: Context,
  reportId: string,
  file: Readable,
): Promise<{ rows: number }> {
  const reader = parse({ columns: requireColumns, bom: true, skip_empty_lines: true });
  // A file that breaks off ends the reader with its error, which comes out of the loop below.
  pipeline(file, reader, () => {});
  let batch: Row[] = [];
  let rows = 0;
  try {
    for await (const line of reader as AsyncIterable<Line>) {
      rows += 1;
      batch.push(rowOf(rows, line));
      if (batch.length < linesAtOnce) continue;
      await keep(ctx, reportId, batch);
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal("unprocessable", `This is no CSV file: ${messageOf(error)}.`);
  }
  if (batch.length > 0) await keep(ctx, reportId, batch);
  return { rows };
}

/** Lines in one statement: row by row they would take longer than all that is done with them. */
async function keep(ctx: Context, reportId: string, batch: readonly Row[]): Promise<void> {
  const of = <Name extends keyof Row>(name: Name) => batch.map((row) => row[name]);
  await transact(
    ctx,
    "reconciliation.read-report",
    (tx) => tx.$executeRaw`
      insert into stripe_report_lines (report_id, reference, line, currency, gross_minor,
        fee_minor, net_minor, category, created_at, source_id)
      select ${reportId}, said.* from unnest(${of("reference")}::text[], ${of("line")}::integer[],
        ${of("currency")}::text[], ${of("grossMinor")}::bigint[], ${of("feeMinor")}::bigint[],
        ${of("netMinor")}::bigint[], ${of("category")}::text[],
        ${of("createdAt")}::timestamptz[], ${of("sourceId")}::text[]) said
      on conflict do nothing`,
  );
}

function requireColumns(names: readonly string[]): string[] {
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length === 0) return [...names];
  const list = missing.length === 1 ? `column ${missing[0]}` : `columns ${missing.join(", ")}`;
  const message = `The file is without the ${list}. Take an itemized report of Stripe's.`;
  throw new Refusal("unprocessable", message);
}

function rowOf(line: number, said: Line) {
  const currency = (said.currency ?? "").toLowerCase();
  const createdAt = new Date(`${(said.created_utc ?? "").replace(" ", "T")}Z`);
  if (Number.isNaN(createdAt.getTime())) {
    const message = `Line ${line} says “${said.created_utc}”, which is no time of created_utc.`;
    throw new Refusal("unprocessable", message);
  }
  return {
    ...{ line, currency, createdAt, reference: said.balance_transaction_id ?? "" },
    grossMinor: minorOf(said.gross, currency, line),
    feeMinor: minorOf(said.fee, currency, line),
    netMinor: minorOf(said.net, currency, line),
    ...{ category: said.reporting_category ?? "", sourceId: said.source_id || null },
  };
}

/** A report says major units with a point, exactly; a float would not. */
export function minorOf(said: string | undefined, currency: string, line: number): bigint {
  const decimals = isCurrency(currency) ? currencies[currency].decimals : 2;
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec((said ?? "").trim());
  const fraction = parts?.[3] ?? "";
  if (!parts || /[1-9]/.test(fraction.slice(decimals))) {
    const of = currency || "a currency";
    throw new Refusal("unprocessable", `Line ${line} says “${said}”, which is no amount of ${of}.`);
  }
  const minor = BigInt(`${parts[2]}${fraction.slice(0, decimals).padEnd(decimals, "0")}`);
  return parts[1] ? -minor : minor;
}
