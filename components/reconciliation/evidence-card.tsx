import { JsonView } from "#components/admin/json-view";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Status } from "#components/ui/status";
import { type EvidenceRow, rowsOf } from "#lib/reconciliation/evidence";
import type { BreakDetail } from "#lib/reconciliation/list-breaks";

const sides = [
  { name: "stripe", title: "Stripe", none: "not asked" },
  { name: "mirror", title: "Our mirror", none: "no mirror" },
  { name: "entry", title: "Our entries", none: "no entry" },
] as const;

/** What each side says, figure beside figure; and all of it as it was found. */
export function EvidenceCard({ found }: { found: BreakDetail }) {
  const { evidence, currency } = found;
  const columns: Column<EvidenceRow>[] = [
    { header: "What", cell: ({ name }) => (name === "minor" ? "amount" : name) },
    ...sides.map(
      ({ name, title, none }): Column<EvidenceRow> => ({
        ...{ header: title, align: "end" },
        cell: (row) => {
          if (evidence[name] === null) return <span className="text-muted">{none}</span>;
          return <Figure value={row[name]} row={row} currency={row.currencies[name]} />;
        },
      }),
    ),
    {
      ...{ header: "Same", hideHeader: true, align: "end" },
      cell: ({ differs }) => (differs ? <Status of="differs" tone="bad" /> : null),
    },
  ];
  return (
    <Card title="Evidence" note="as it was found, side by side" flush>
      <DataTable
        caption="Evidence"
        columns={columns}
        rows={rowsOf(evidence, currency)}
        rowKey={({ name }) => name}
        empty={<p className="px-4 pb-4 text-muted">Nothing was kept but the figures beside.</p>}
      />
      <details className="border-t border-separator">
        <summary className="cursor-pointer px-4 py-3 text-muted">All of it as JSON</summary>
        <JsonView label="Evidence as JSON" text={JSON.stringify(evidence, null, 2)} />
      </details>
    </Card>
  );
}

type FigureProps = { value: string | null; row: EvidenceRow; currency: string | null };

function Figure({ value, row: { isMoney }, currency }: FigureProps) {
  if (value === null) return <>–</>;
  if (isMoney && currency && /^-?\d+$/.test(value)) {
    return <Amount of={{ minor: BigInt(value), currency }} />;
  }
  return <span className="break-all">{value}</span>;
}
