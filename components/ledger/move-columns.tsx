import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { AccountMove } from "#lib/ledger/list-moves";

/** What a list of an account's moves says of each. */
export const moveColumns: Column<AccountMove>[] = [
  {
    header: "Entry",
    cell: ({ reference }) => <span className="font-mono text-xs break-all">{reference}</span>,
  },
  { header: "Kind", cell: ({ kind }) => kind, hideOnPhone: true },
  {
    header: "Other side",
    cell: ({ other: { code, subject } }) => (
      <span className="font-mono text-xs break-all">
        {code}
        {subject && <span className="text-muted"> {subject}</span>}
      </span>
    ),
  },
  { header: "When", cell: ({ effectiveAt }) => <Moment at={effectiveAt} />, align: "end" },
  { header: "Amount", cell: (move) => <Amount of={move} />, align: "end" },
];
