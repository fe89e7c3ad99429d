import type { Filters, MarginQuery, Sort } from "#lib/margin/input";
import type { Currency } from "#lib/money/currency";

type Kept = Partial<Omit<MarginQuery, keyof Filters>> & Filters;

/** The margin under other terms; what is not named is left at its first choice. */
export function marginHref(query: Kept): string {
  return `/admin/margin?${paramsOf(query)}`;
}

/** The moves that one figure is the sum of. */
export function movesHref(
  { period, from, to, tenant, plan, country, method }: Kept,
  { figure, currency, ...only }: { figure: Sort; currency: Currency } & Filters,
): string {
  const kept = { period, from, to, tenant, plan, country, method };
  return `/admin/margin/moves?${paramsOf({ ...kept, ...only, figure, currency })}`;
}

/** Where the same table is to be had for spreadsheets. */
export function exportHref(query: Kept): string {
  return `/api/v1/admin/margin/export?${paramsOf(query)}`;
}

const first: Readonly<Record<string, string>> = {
  ...{ period: "30d", by: "tenant", sort: "net", order: "most", figure: "net" },
};

function paramsOf(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(
    ([name, value]) => value !== undefined && value !== "" && value !== first[name],
  );
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
