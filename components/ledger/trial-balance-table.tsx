import { accountHref } from "#components/ledger/addresses";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { type AccountCode, chart } from "#lib/ledger/chart";
import type { TrialBalance } from "#lib/ledger/statements";

type Line = { code: AccountCode; debit: bigint; credit: bigint };

/** Every account of a currency that is not zero, by side; each leads to its moves. */
export function TrialBalanceTable({ book, of }: { book: string; of: TrialBalance }) {
  const { currency, lines, debit, credit } = of;
  const side = (minor: bigint) => (minor === 0n ? "" : <Amount of={{ minor, currency }} />);
  const columns: Column<Line>[] = [
    { header: "Account", cell: ({ code }) => <span className="font-mono text-xs">{code}</span> },
    {
      header: "What it says",
      cell: ({ code }) => <span className="text-muted">{chart[code].sentence}</span>,
      hideOnPhone: true,
    },
    { header: "Debit", cell: (line) => side(line.debit), align: "end" },
    { header: "Credit", cell: (line) => side(line.credit), align: "end" },
  ];
  const isEven = debit === credit;
  return (
    <Card
      flush
      title={currency.toUpperCase()}
      note={isEven ? "Both sides are equal." : "The sides differ: this is a fault of ours."}
    >
      <DataTable
        caption={`Trial balance in ${currency.toUpperCase()}`}
        columns={columns}
        rows={[...lines]}
        rowKey={({ code }) => code}
        rowHref={({ code }) => accountHref(book, { code }, currency)}
        empty={<p className="p-4 text-muted">Every account is at zero.</p>}
      />
      <p className="flex justify-between gap-x-4 border-t border-separator px-4 py-3 font-medium">
        <span>Each side</span> <Amount of={{ minor: debit, currency }} />
      </p>
    </Card>
  );
}
