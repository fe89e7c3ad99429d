import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { MarginMove } from "#lib/margin/list-margin-moves";

/** What a list of a figure's moves says of each: the entry, its account, and of whom it is. */
export const moveColumns: Column<MarginMove>[] = [
  {
    header: "Entry",
    cell: ({ reference }) => <span className="font-mono text-xs break-all">{reference}</span>,
  },
  { header: "Kind", cell: ({ kind }) => kind, hideOnPhone: true },
  {
    header: "Account",
    cell: ({ code }) => <span className="font-mono text-xs break-all">{code}</span>,
  },
  {
    header: "Of",
    cell: ({ tenantId, plan, country, method }) => (
      <span className="break-all text-muted">
        {[tenantId, plan, method.replaceAll("_", " "), country].filter(Boolean).join(" · ") || "–"}
      </span>
    ),
  },
  { header: "When", cell: ({ effectiveAt }) => <Moment at={effectiveAt} />, align: "end" },
  { header: "Amount", cell: (move) => <Amount of={move} />, align: "end" },
];
