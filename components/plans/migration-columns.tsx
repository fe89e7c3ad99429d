import { Change } from "#components/plans/change";
import {
  MigratedState,
  MigrationState,
  sayRoute,
  settledOf,
} from "#components/plans/migration-words";
import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Progress } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import type { MigratedView, MigrationTotal, MigrationView } from "#lib/migrations/migration";

/** What the list of migrations says of each. */
export const migrationColumns: Column<MigrationView>[] = [
  { header: "Migration", cell: (migration) => sayRoute(migration) },
  { header: "State", cell: ({ status }) => <MigrationState of={status} /> },
  { header: "Progress", cell: (migration) => <MigrationProgress of={migration} /> },
  { header: "Begun", align: "end", cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

/** How many of its subscribers are done with. */
export function MigrationProgress({ of }: { of: MigrationView }) {
  const settled = settledOf(of);
  const text = `${settled.toLocaleString("en")} of ${of.total.toLocaleString("en")}`;
  return (
    <span className="block min-w-40 max-sm:ms-auto">
      <Progress label={text} share={of.total > 0 ? settled / of.total : 0} />
    </span>
  );
}

/** The sums of the dry run, by currency and interval. */
export const totalColumns: Column<MigrationTotal>[] = [
  {
    header: "Per period",
    cell: ({ currency, interval }) => `${currency.toUpperCase()} by the ${interval}`,
  },
  {
    header: "Subscribers",
    cell: ({ subscribers, more, less, same }) => (
      <span className="grid text-start max-sm:text-end">
        <span>{subscribers.toLocaleString("en")}</span>
        <span className="text-xs text-muted">
          {more} more, {less} less, {same} the same
        </span>
      </span>
    ),
  },
  {
    header: "Pay now",
    align: "end",
    cell: ({ beforeMinor, currency }) => <Amount of={{ minor: beforeMinor, currency }} />,
  },
  {
    header: "Will pay",
    align: "end",
    cell: ({ afterMinor, currency }) => <Amount of={{ minor: afterMinor, currency }} />,
  },
  {
    header: "Difference",
    align: "end",
    cell: ({ beforeMinor, afterMinor, currency }) => (
      <Change before={beforeMinor} after={afterMinor} currency={currency} />
    ),
  },
];

/** What the dry run says of each subscriber, and what became of it. */
export const migratedColumns: Column<MigratedView>[] = [
  {
    header: "Subscriber",
    cell: ({ tenantName, currency, interval, seats }) => (
      <span className="grid text-start">
        <span className="font-medium">{tenantName}</span>
        <span className="text-xs font-normal text-muted">
          {currency.toUpperCase()} by the {interval}
          {seats !== null && `, ${seats} seats`}
        </span>
      </span>
    ),
  },
  {
    header: "State",
    cell: (row) => (
      <span className="grid justify-items-start gap-0.5 max-sm:justify-items-end">
        <MigratedState of={row.status} />
        {row.reason && <span className="text-xs text-muted">{row.reason}</span>}
        {row.status === "pending" && <Warnings of={row.warnings} />}
        {row.status === "scheduled" && row.effectiveAt && (
          <span className="text-xs text-muted">
            <Moment at={row.effectiveAt} as="date" />
          </span>
        )}
      </span>
    ),
  },
  {
    header: "Pays now",
    align: "end",
    cell: ({ beforeMinor, currency }) => <Maybe minor={beforeMinor} currency={currency} />,
  },
  {
    header: "Use so far",
    align: "end",
    cell: ({ soFarBeforeMinor, currency }) =>
      soFarBeforeMinor === null ? (
        <span className="text-muted">–</span>
      ) : (
        <Amount of={{ minor: soFarBeforeMinor, currency }} />
      ),
  },
  {
    header: "Will pay",
    align: "end",
    cell: ({ afterMinor, currency }) => <Maybe minor={afterMinor} currency={currency} />,
  },
  { header: "Difference", align: "end", cell: (row) => <Difference of={row} /> },
  {
    header: "Stripe's next invoice",
    align: "end",
    cell: ({ previewMinor, currency }) =>
      previewMinor === null ? (
        <span className="text-muted">not asked</span>
      ) : (
        <Amount of={{ minor: previewMinor, currency }} />
      ),
  },
];

/** What somebody should know before this one is moved. */
function Warnings({ of }: { of: readonly string[] }) {
  return of.map((warning) => (
    <span key={warning} className="text-xs text-warning-soft-foreground">
      {warning}
    </span>
  ));
}

function Maybe({ minor, currency }: { minor: bigint | null; currency: string }) {
  if (minor === null) return <span className="text-muted">not sold so</span>;
  return <Amount of={{ minor, currency }} />;
}

function Difference({ of: { beforeMinor, afterMinor, currency } }: { of: MigratedView }) {
  if (beforeMinor === null || afterMinor === null) return <span className="text-muted">–</span>;
  return <Change before={beforeMinor} after={afterMinor} currency={currency} />;
}
