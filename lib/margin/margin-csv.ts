import { csvLine } from "#lib/csv";
import { view } from "#lib/db/transaction";
import { figureNames, weigh } from "#lib/margin/figures";
import { readCurrencies, readGroups, toFigures } from "#lib/margin/get-margin";
import { dimensions, type MarginQuery, spanOf } from "#lib/margin/input";
import { nameKeys } from "#lib/margin/name-keys";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const atMost = 100_000;

/** Margin by a dimension for spreadsheets: amounts as plain decimals, and every row of it. */
export async function exportMargin(
  ctx: PlatformContext,
  query: MarginQuery,
): Promise<AsyncIterable<string>> {
  requirePlatform(ctx, "ledger:read");

  const span = spanOf(query, ctx.now());
  const { currency, rows } = await view(ctx, async (tx) => {
    const currency = query.currency ?? (await readCurrencies(tx, span))[0] ?? "usd";
    const wanted = { currency, span, filters: query, by: query.by };
    const groups = await readGroups(tx, wanted, query, atMost);
    const rows = groups.map((row) => ({ ...toFigures(row), key: row.key ?? "others" }));
    return { currency, rows: await nameKeys(tx, query.by, rows) };
  });
  const [from, to] = [span.from, new Date(span.before.getTime() - 1)].map(dayOf);
  const head = [query.by, "name", "from", "to", "currency", ...figureNames, "net", "take rate"];
  return pieces([
    head,
    ...rows.map((row) => {
      const { net, takeRateBps } = weigh(row);
      const amounts = [...figureNames.map((name) => row[name]), net];
      return [
        ...[row.key || dimensions[query.by].none, row.name, from!, to!, currency.toUpperCase()],
        ...amounts.map((minor) => toDecimal(money(minor, currency))),
        takeRateBps === null ? "" : (takeRateBps / 10_000).toFixed(4),
      ];
    }),
  ]);
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

async function* pieces(lines: readonly (readonly string[])[]): AsyncIterable<string> {
  for (const line of lines) yield csvLine(line);
}
