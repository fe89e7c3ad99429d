import Link from "next/link";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { buttonStyle } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { subtract } from "#lib/money/money";
import type { Simulation } from "#lib/selling/simulate-policy";

type Props = { simulation: Simulation; months: number; place: string };

/** What a policy would have earned of the payments there were, and whom it would change most. */
export function SimulationCard({ simulation, months, place }: Props) {
  const { from, payments, isCut, currencies, tenants, rules } = simulation;
  return (
    <>
      <Card
        flush
        title="What it would have earned"
        note={
          <>
            {payments} real payments since <Moment at={from} as="date" />
            {isCut && ", the newest of more"}
          </>
        }
        action={<Months {...{ months, place }} />}
      >
        <DataTable
          caption="What it would have earned"
          rows={currencies}
          rowKey={({ volume }) => volume.currency}
          columns={[
            { header: "Currency", cell: ({ volume }) => volume.currency.toUpperCase() },
            { header: "Volume", align: "end", cell: ({ volume }) => <Amount of={volume} /> },
            { header: "Was due", align: "end", cell: ({ was }) => <Amount of={was} /> },
            { header: "Policy in force", align: "end", cell: ({ now }) => <Amount of={now} /> },
            { header: "This policy", align: "end", cell: ({ would }) => <Amount of={would} /> },
            {
              header: "Difference",
              align: "end",
              cell: ({ now, would }) => <Amount of={subtract(would, now)} />,
            },
          ]}
          empty={<p className="px-4 pb-4 text-muted">No tenant took a payment in this time.</p>}
        />
      </Card>
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
        <Card flush title="Which rules decided">
          <DataTable
            caption="Which rules decided"
            rows={rules}
            rowKey={({ rule }) => rule ?? ""}
            columns={[
              { header: "Rule", cell: ({ rule }) => rule ?? "none: nothing is taken" },
              { header: "Payments", align: "end", cell: ({ payments: count }) => count },
              {
                header: "Takes",
                align: "end",
                cell: ({ would }) => (
                  <span className="inline-grid">
                    {would.map((sum) => (
                      <Amount key={sum.currency} of={sum} />
                    ))}
                  </span>
                ),
              },
            ]}
            empty={<p className="px-4 pb-4 text-muted">None was asked.</p>}
          />
        </Card>
        <Card flush title="Whom it changes most" note="against the policy in force">
          <DataTable
            caption="Whom it changes most"
            rows={tenants}
            rowKey={({ id, now }) => `${id} ${now.currency}`}
            rowHref={({ id }) => `/admin/tenants/${id}`}
            columns={[
              { header: "Tenant", cell: ({ name }) => name },
              { header: "In force", align: "end", cell: ({ now }) => <Amount of={now} /> },
              { header: "This policy", align: "end", cell: ({ would }) => <Amount of={would} /> },
            ]}
            empty={<p className="px-4 pb-4 text-muted">Nobody would pay more or less.</p>}
          />
        </Card>
      </div>
    </>
  );
}

function Months({ months, place }: Pick<Props, "months" | "place">) {
  return (
    <nav aria-label="How far back" className="flex gap-1">
      {[1, 3, 6, 12].map((count) => (
        <Link
          key={count}
          href={`${place}?months=${count}`}
          aria-current={count === months ? "page" : undefined}
          className={buttonStyle(count === months ? "secondary" : "ghost", "sm")}
        >
          {count} {count === 1 ? "month" : "months"}
        </Link>
      ))}
    </nav>
  );
}
