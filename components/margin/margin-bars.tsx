import { marginHref } from "#components/margin/addresses";
import { Amount } from "#components/ui/amount";
import { TextLink } from "#components/ui/link-button";
import type { Margin, MarginRow } from "#lib/margin/get-margin";
import { type MarginQuery, none } from "#lib/margin/input";

const most = 8;
const magnitude = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

/** The first rows side by side in length; what is below zero in another colour, and by its sign. */
export function MarginBars({ query, of }: { query: MarginQuery; of: Margin }) {
  const rows = of.rows.slice(0, most);
  const lengths = rows.map((row) => magnitude(row[query.sort]));
  const longest = lengths.toSorted((left, right) => (left < right ? 1 : -1))[0] || 1n;
  return (
    <ul className="grid gap-1">
      {rows.map((row) => (
        <Bar key={row.key} query={query} of={of} row={row} longest={longest} />
      ))}
    </ul>
  );
}

type BarProps = { query: MarginQuery; of: Margin; row: MarginRow; longest: bigint };

function Bar({ query, of, row, longest }: BarProps) {
  const minor = row[query.sort];
  return (
    <li className="grid grid-cols-[8rem_minmax(0,1fr)_auto] items-center gap-3 py-1 max-sm:grid-cols-[minmax(0,1fr)_auto]">
      <span className="truncate">
        <TextLink href={narrowedHref(query, of, row.key)}>{row.name}</TextLink>
      </span>
      <span aria-hidden className="h-2 overflow-hidden rounded-sm bg-default max-sm:hidden">
        <span
          className={`block h-full ${minor < 0n ? "bg-danger" : "bg-plot-1"}`}
          style={{ width: `calc(100% * ${magnitude(minor)} / ${longest})` }}
        />
      </span>
      <Amount of={{ minor, currency: of.currency }} className="text-end" />
    </li>
  );
}

/** The same page for one row alone, told apart by what is asked next. */
export function narrowedHref(query: MarginQuery, { by }: Margin, key: string): string {
  const next = by === "tenant" ? "method" : "tenant";
  return marginHref({ ...query, [by]: key || none, by: next });
}
