import { History } from "lucide-react";
import { BackfillButton } from "#components/admin/backfill-button";
import {
  backfillActColumn,
  backfillColumns,
  backfillErrorColumn,
} from "#components/admin/backfill-columns";
import { Count } from "#components/admin/count";
import { EventsPage } from "#components/admin/events-page";
import { readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { StatLink } from "#components/admin/stat-link";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Stat } from "#components/ui/stat";
import { type BackfillPage, backfillQuery, listBackfills } from "#lib/overview/list-backfills";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Backfills" };

export default async function BackfillsPage(props: PageProps<"/admin/events/backfills">) {
  const ctx = await requireAdmin();
  const query = readQuery(backfillQuery, await props.searchParams);
  const { rows, next, totals } = await listBackfills(ctx, query);
  const mayAct = mayOnPlatform(ctx.platformRole, "events:replay");
  const columns = [
    ...backfillColumns,
    ...(rows.some(({ error }) => error) ? [backfillErrorColumn] : []),
    ...(mayAct ? [backfillActColumn] : []),
  ];
  return (
    <EventsPage
      at="backfills"
      title="Backfills"
      sentence="Stripe's own list of events is read on start and every hour, so that none is missed."
      actions={
        <>
          <Live />
          {mayAct && <BackfillButton label="Read everyone's" of="everyone" />}
        </>
      }
    >
      <Totals totals={totals} />
      <Card flush>
        <DataTable
          caption="Backfills"
          columns={columns}
          rows={rows}
          rowKey={({ account }) => account}
          next={next}
          empty={<NoBackfills isFiltered={Boolean(query.state)} />}
        />
      </Card>
    </EventsPage>
  );
}

function Totals({ totals: { accounts, failed, seen, missing } }: Pick<BackfillPage, "totals">) {
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat label="Accounts read" value={<Count of={accounts} />} note="the platform's own too" />
      <StatLink
        label="Stand with an error"
        value={<Count of={failed} />}
        note={failed === 0 ? "all went well" : "see which"}
        href={failed === 0 ? "/admin/events/backfills" : "/admin/events/backfills?state=failed"}
      />
      <Stat label="Listed by Stripe" value={<Count of={seen} />} note="in the latest runs" />
      <Stat
        label="Had never come"
        value={<Count of={missing} />}
        note="stored by the latest runs, and handled"
      />
    </div>
  );
}

function NoBackfills({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyState
      icon={<History />}
      title={isFiltered ? "None stands like that" : "Nothing was read yet"}
    >
      A worker reads Stripe's list as it starts: thirty days back the first time, and since the last
      reading after that.
    </EmptyState>
  );
}
