import type { Column } from "#components/ui/data-table";
import {
  type CapabilityName,
  type CapabilityRow,
  capabilityTable,
} from "#lib/connect/capability-table";

const regions = new Intl.DisplayNames(["en"], { type: "region" });
const named = (codes: readonly string[]) =>
  codes.map((code) => regions.of(code) ?? code).join(", ");
const rowOf = (name: CapabilityName): CapabilityRow => capabilityTable[name];

/** What accounts may do at Stripe, and for whom and where. */
export const capabilityColumns: Column<CapabilityName>[] = [
  {
    header: "Capability",
    cell: (name) => (
      <span className="grid">
        {rowOf(name).name}
        <span className="font-mono text-xs text-muted">{name.split(".").at(-1)}</span>
      </span>
    ),
  },
  { header: "Countries", cell: (name) => <Places row={rowOf(name)} /> },
  {
    header: "Kinds of business",
    cell: (name) => {
      const bounded = Object.entries(rowOf(name).only);
      if (bounded.length === 0) return "as Stripe finds";
      return bounded
        .map(([kind, where]) => `${kind.replace("_", " ")}: ${named(where)}`)
        .join("; ");
    },
  },
  {
    header: "Seen at Stripe",
    cell: (name) => {
      const { url, on } = rowOf(name).seen;
      return (
        <a className="underline" href={url}>
          {on}
        </a>
      );
    },
  },
];

function Places({ row: { countries, region } }: { row: CapabilityRow }) {
  return (
    <span className="grid max-w-120 min-w-0 text-start">
      {countries === "all" ? "Wherever Stripe opens accounts" : named(countries)}
      {region && (
        <span className="text-xs text-muted">
          From another country only among these: {named(region)}.
        </span>
      )}
    </span>
  );
}
