import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import type { MethodFigures } from "#lib/payments/get-method-figures";
import type { PaymentMethodRow } from "#lib/payments/payment-methods";

export type Row = { type: string; row: PaymentMethodRow; figures: MethodFigures | undefined };

const renewals = {
  yes: "by itself",
  by_debit: "as SEPA debits",
  by_invoice: "by invoice, paid each time",
  no: "no",
} as const;
const disputes = {
  no: "no",
  yes: "yes, with evidence",
  unconditional: "yes, decided by the bank",
} as const;

/** What a way to pay means for money, beside what it did. */
export function columnsOf(): Column<Row>[] {
  return [
    {
      header: "Method",
      cell: ({ row }) => (
        <span className="grid">
          <span className="font-medium">{row.name}</span>
          <span className="text-xs text-muted">{whereOf(row)}</span>
        </span>
      ),
    },
    { header: "Renews", cell: ({ row }) => renewals[row.recurring] },
    {
      header: "Known",
      cell: ({ row }) => (row.confirmsInDays === 0 ? "at once" : `in ${row.confirmsInDays} days`),
    },
    {
      header: "Refundable",
      cell: ({ row }) => (row.refundDays === null ? "no" : `${row.refundDays} days`),
    },
    { header: "Disputes", cell: ({ row }) => disputes[row.disputes] },
    { header: "In settlement", cell: ({ row }) => row.settlement },
    { header: "Here", cell: ({ figures }) => <Here figures={figures} />, align: "end" },
  ];
}

function whereOf({ countries, currencies }: PaymentMethodRow): string {
  const places = countries === "all" ? "everywhere" : shorten(countries);
  const sums = currencies === "all" ? "every currency" : shorten(currencies).toUpperCase();
  return `${places} · ${sums}`;
}

function shorten(list: readonly string[]): string {
  const some = list.slice(0, 4).join(", ");
  return list.length > 4 ? `${some} +${list.length - 4}` : some;
}

function Here({ figures }: { figures: MethodFigures | undefined }) {
  if (!figures) return <span className="text-muted">none</span>;
  const { succeeded, failed, disputed, volume, settledInDays } = figures;
  return (
    <span className="grid justify-items-end">
      {volume.map((of) => (
        <Amount key={of.currency} of={of} />
      ))}
      <span className="text-xs text-muted">
        {succeeded} paid, {failed} failed{disputed > 0 && `, ${disputed} disputed`}
      </span>
      {settledInDays && <span className="text-xs text-muted">there in {settledInDays} days</span>}
    </span>
  );
}
