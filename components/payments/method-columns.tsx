import { MethodSwitch } from "#components/payments/method-switch";
import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import type { MethodsSetup } from "#lib/payments/get-collection";
import type { MethodFigures } from "#lib/payments/get-method-figures";
import { isChecked, type MethodFact, type PaymentMethodRow } from "#lib/payments/payment-methods";

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

/** What a way to pay means for money, beside what it did. What was not checked is marked. */
export function columnsOf(setup: MethodsSetup | null, mayChange: boolean): Column<Row>[] {
  return [
    {
      header: "Method",
      cell: ({ row }) => (
        <span className="grid min-w-36">
          <span className="font-medium">{row.name}</span>
          <span className="text-xs text-muted">
            {placesOf(row)}
            {mark(row, "places")} · {currenciesOf(row)}
            {mark(row, "currencies")}
          </span>
          <Source row={row} />
        </span>
      ),
    },
    { header: "Renews", cell: factCell("recurring", (row) => renewals[row.recurring]) },
    { header: "Known", cell: factCell("confirms", knownOf) },
    { header: "Refundable", cell: factCell("refunds", refundOf) },
    { header: "Disputes", cell: factCell("disputes", (row) => disputes[row.disputes]) },
    {
      header: "In settlement",
      cell: ({ row }) => (
        <span className="block min-w-44">
          {row.settlement}
          {mark(row, "settlement")}
          {row.limits && ` At most: ${row.limits}`}
        </span>
      ),
    },
    { header: "Here", cell: ({ figures }) => <Here figures={figures} />, align: "end" },
    {
      header: "Offered",
      cell: ({ type, row }) => (
        <Offered type={type} name={row.name} setup={setup} mayChange={mayChange} />
      ),
      align: "end",
    },
  ];
}

function factCell(fact: MethodFact, say: (row: PaymentMethodRow) => string) {
  return ({ row }: Row) => (
    <>
      {say(row)}
      {mark(row, fact)}
    </>
  );
}

/** A sign beside what no page of Stripe's was seen to say. */
function mark(row: PaymentMethodRow, fact: MethodFact) {
  if (isChecked(row, fact)) return null;
  return (
    <span className="text-muted" title="Not checked against Stripe's documentation">
      <span aria-hidden>&#8202;?</span>
      <span className="sr-only"> (not checked)</span>
    </span>
  );
}

function Source({ row: { checked } }: { row: PaymentMethodRow }) {
  if (!checked) return <span className="text-xs text-muted">not checked</span>;
  return (
    <a
      href={checked.url}
      target="_blank"
      rel="noreferrer"
      className="text-xs text-link underline-offset-2 hover:underline"
    >
      checked {checked.on}
    </a>
  );
}

type OfferedProps = {
  type: string;
  name: string;
  setup: MethodsSetup | null;
  mayChange: boolean;
};

function Offered({ type, name, setup, mayChange }: OfferedProps) {
  if (!setup) return <span className="text-muted">unknown</span>;
  const wish = setup.wishes[type];
  const at = setup.configuration?.methods.get(type);
  const word = wish === undefined ? "as Stripe has it" : wish ? "on" : "off";
  return (
    <span className="grid justify-items-end gap-1">
      <span className="whitespace-nowrap">{word}</span>
      {wish && at && !at.isAvailable && (
        <span className="text-xs text-muted">not allowed for your account yet</span>
      )}
      {mayChange && <MethodSwitch type={type} name={name} wish={wish ?? null} />}
    </span>
  );
}

function knownOf({ confirmsInDays: days }: PaymentMethodRow): string {
  if (days === 0) return "at once";
  return days === 1 ? "in a business day" : `in ${days} business days`;
}

function refundOf({ refundDays: days }: PaymentMethodRow): string {
  return days === null ? "no" : `${days} days`;
}

function placesOf({ countries }: PaymentMethodRow): string {
  return countries === "all" ? "everywhere" : shorten(countries);
}

function currenciesOf({ currencies }: PaymentMethodRow): string {
  return currencies === "all" ? "every currency" : shorten(currencies).toUpperCase();
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
