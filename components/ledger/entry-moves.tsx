import { accountHref } from "#components/ledger/addresses";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import type { Account, Move } from "#lib/ledger/entry";
import type { PostedEntry } from "#lib/ledger/read-entries";

/** The moves of an entry: out of which account, into which, and how much. */
export function EntryMoves({ entry: { book, moves } }: { entry: PostedEntry }) {
  const account = (of: Account, currency: string) => (
    <span className="font-mono text-xs break-all">
      <TextLink href={accountHref(book, of, currency)}>{of.code}</TextLink>
      {of.subject && <span className="text-muted"> {of.subject}</span>}
    </span>
  );
  const columns: Column<Move & { place: number }>[] = [
    { header: "From", cell: ({ from, currency }) => account(from, currency) },
    { header: "To", cell: ({ to, currency }) => account(to, currency) },
    { header: "Amount", cell: (move) => <Amount of={move} />, align: "end" },
  ];
  return (
    <Card flush title="Moves">
      <DataTable
        caption="Moves"
        columns={columns}
        rows={moves.map((move, place) => ({ ...move, place }))}
        rowKey={({ place }) => String(place)}
        empty={null}
      />
    </Card>
  );
}
