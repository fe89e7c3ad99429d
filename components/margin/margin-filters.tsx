import { FilterBar } from "#components/admin/filter-bar";
import { marginHref } from "#components/margin/addresses";
import { TextLink } from "#components/ui/link-button";
import { figureNames, figures } from "#lib/margin/figures";
import { dimensionNames, dimensions, type MarginQuery, periods } from "#lib/margin/input";
import type { Currency } from "#lib/money/currency";

const { "30d": lastDays, ...otherPeriods } = periods;

/** Which days, in which currency, and in which order; the address holds every choice. */
export function MarginFilters({ currencies }: { currencies: readonly Currency[] }) {
  const [first = "usd", ...rest] = currencies;
  return (
    <FilterBar
      choices={[
        { name: "period", label: "Period", any: lastDays, options: optionsOf(otherPeriods) },
        {
          ...{ name: "currency", label: "Currency", any: first.toUpperCase() },
          options: rest.map((one) => ({ value: one, label: one.toUpperCase() })),
        },
        {
          ...{ name: "sort", label: "Sort by", any: "By net margin" },
          options: figureNames.map((name) => ({ value: name, label: `By ${wordOf(name)}` })),
        },
        {
          ...{ name: "order", label: "Order", any: "Most first" },
          options: [{ value: "least", label: "Least first" }],
        },
      ]}
      more={{
        texts: [
          { name: "from", label: "From the day (2026-01-01)" },
          { name: "to", label: "To the day (2026-03-31)" },
        ],
      }}
    />
  );
}

function wordOf(name: keyof typeof figures): string {
  return figures[name].label.toLowerCase();
}

function optionsOf(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}

/** What the figures are narrowed to, each with the way back. */
export function NarrowedTo({ query }: { query: MarginQuery }) {
  const given = dimensionNames.filter((name) => query[name] !== undefined);
  if (given.length === 0) return null;
  return (
    <ul aria-label="Narrowed to" className="flex flex-wrap gap-2">
      {given.map((name) => (
        <li
          key={name}
          className="flex flex-wrap items-baseline gap-x-2 rounded-sm border border-border bg-surface px-2 py-1 text-xs"
        >
          <span>
            {dimensions[name].label}:{" "}
            <span className="font-mono break-all">
              {query[name] === "none" ? dimensions[name].none : query[name]}
            </span>
          </span>
          <TextLink href={marginHref({ ...query, [name]: undefined })}>
            All {dimensions[name].plural.toLowerCase()}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
