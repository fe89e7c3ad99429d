import { Count } from "#components/admin/count";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { BookStanding, CheckStanding, ClearingSum } from "#lib/reconciliation/get-standing";

/** Each question with its answer, and of how many it was asked. */
export function QuestionsCard({ checks }: { checks: readonly CheckStanding[] }) {
  return (
    <Card title="Questions" note="asked of every account and currency">
      <ul className="grid divide-y divide-separator">
        {checks.map((one) => (
          <li key={one.check} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <span className="flex min-w-0 items-center gap-2">
              <Answer of={one} />
              <span>{one.question}</span>
            </span>
            <span className="text-muted tabular-nums">
              {one.broken > 0 ? (
                <TextLink href={`/admin/reconciliation/breaks?check=${one.check}`}>
                  {one.broken === 1 ? "1 does not" : `${one.broken} do not`}
                </TextLink>
              ) : (
                <>
                  <Count of={Number(one.asked)} /> {one.of}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Answer({ of }: { of: CheckStanding }) {
  if (of.broken > 0) return <Status of="breaks" />;
  return of.checkedAt ? <Status of="holds" /> : <Status of="not asked yet" tone="quiet" />;
}

const parts = [
  { name: "fresh", says: "under a day, as usual", colour: "bg-plot-1" },
  { name: "older", says: "longer, within its grace", colour: "bg-plot-2" },
  { name: "broken", says: "in breaks", colour: "bg-danger" },
] as const;

/** What Stripe still owes an answer for, by how long. */
export function ClearingCard({ sums }: { sums: readonly ClearingSum[] }) {
  return (
    <Card title="In clearing" note="what Stripe still owes an answer for">
      {sums.length === 0 && <p className="text-muted">Nothing: all is settled.</p>}
      <div className="grid gap-4">
        {sums.map((sum) => (
          <ClearingBar key={sum.currency} sum={sum} />
        ))}
      </div>
    </Card>
  );
}

function ClearingBar({ sum }: { sum: ClearingSum }) {
  const { currency } = sum;
  const total = sum.fresh + sum.older + sum.broken;
  const share = (minor: bigint) => `calc(100% * ${minor} / ${total === 0n ? 1n : total})`;
  return (
    <div className="grid gap-2">
      <p className="text-xl leading-7 font-semibold tracking-tight">
        <Amount of={{ minor: total, currency }} />
      </p>
      <div aria-hidden className="flex h-2 overflow-hidden rounded-sm bg-default">
        {parts.map(({ name, colour }) => (
          <span key={name} className={colour} style={{ width: share(sum[name]) }} />
        ))}
      </div>
      <dl className="grid gap-1">
        {parts.map(({ name, says, colour }) => (
          <div key={name} className="flex items-center justify-between gap-3">
            <dt className="flex items-center gap-2 text-muted">
              <span aria-hidden className={`size-2 rounded-full ${colour}`} />
              {says}
            </dt>
            <dd>
              <Amount of={{ minor: sum[name], currency }} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Account by account: in lockstep or not, and both balances. */
export function BooksCard({ books }: { books: readonly BookStanding[] }) {
  return (
    <Card title="Accounts" note="Stripe's balance beside ours, at the same cutoff" flush>
      <DataTable
        caption="Accounts"
        columns={bookColumns}
        rows={books}
        rowKey={({ book }) => book}
        empty={<p className="px-4 pb-4 text-muted">No account has a book yet.</p>}
      />
    </Card>
  );
}

const bookColumns: Column<BookStanding>[] = [
  {
    header: "Account",
    cell: ({ whose, book }) => (
      <span className="grid min-w-0 text-start">
        <span className="font-medium">{whose}</span>
        {book !== "platform" && (
          <span className="font-mono text-2xs break-all text-muted">{book}</span>
        )}
      </span>
    ),
  },
  { header: "State", cell: (row) => <BookState row={row} /> },
  {
    header: "Ledger",
    cell: ({ balances }) => (
      <Amounts of={balances.map(({ ledgerMinor: minor, currency }) => ({ minor, currency }))} />
    ),
    align: "end",
  },
  {
    header: "Stripe",
    cell: ({ balances }) => (
      <Amounts of={balances.map(({ stripeMinor: minor, currency }) => ({ minor, currency }))} />
    ),
    align: "end",
  },
  {
    header: "Compared",
    cell: ({ checkedAt }) => (checkedAt ? <Moment at={checkedAt} /> : "not yet"),
    align: "end",
  },
];

function BookState({ row }: { row: BookStanding }) {
  const { open, expected, isInLockstep, book } = row;
  if (open > 0) {
    return (
      <TextLink href={`/admin/reconciliation/breaks?book=${encodeURIComponent(book)}`}>
        <Status of="breaks">{open === 1 ? "1 break" : `${open} breaks`}</Status>
      </TextLink>
    );
  }
  if (!isInLockstep) return <Status of="not compared yet" tone="quiet" />;
  return (
    <Status of="holds">{expected > 0 ? `in lockstep, ${expected} expected` : "in lockstep"}</Status>
  );
}

function Amounts({ of }: { of: readonly { minor: bigint; currency: string }[] }) {
  if (of.length === 0) return <>–</>;
  return (
    <span className="grid justify-items-end">
      {of.map((one) => (
        <Amount key={one.currency} of={one} />
      ))}
    </span>
  );
}
