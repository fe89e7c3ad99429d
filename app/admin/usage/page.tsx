import { Gauge } from "lucide-react";
import { Count } from "#components/admin/count";
import { forPage, readQuery } from "#components/admin/list-query";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Stat, Stats } from "#components/ui/stat";
import {
  adjustmentColumns,
  comparisonColumns,
  reportColumns,
  stuckColumns,
} from "#components/usage/trouble-columns";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { adjustmentQuery, listAdjustments } from "#lib/usage/list-adjustments";
import { listTroubles, type UsageTroubles } from "#lib/usage/list-troubles";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Usage" };

export default async function AdminUsagePage(props: PageProps<"/admin/usage">) {
  const ctx = await requireAdmin();
  const query = readQuery(adjustmentQuery, await props.searchParams);
  const adjustments = await forPage(listAdjustments(ctx, query), "/admin/usage");
  const troubles = await listTroubles(ctx, query);
  return (
    <Page>
      <PageHeader
        title="Usage"
        sentence="What tenants used, beside what Stripe was told and says it counted."
        actions={
          query.tenantId && (
            <LinkButton href="/admin/usage" variant="secondary" size="sm">
              Show every tenant
            </LinkButton>
          )
        }
      />
      <Figures troubles={troubles} />
      {troubles.stuck.length > 0 && (
        <Card title="Did not arrive at Stripe" note="Not billed until it is settled" flush>
          <DataTable
            caption="Meter events that did not arrive"
            columns={stuckColumns(mayOnPlatform(ctx.platformRole, "rater:settle"))}
            rows={troubles.stuck}
            rowKey={({ id }) => id}
            empty={null}
          />
        </Card>
      )}
      <Card title="Both counts" note="Compared once an hour, of the running periods" flush>
        <DataTable
          caption="Our count beside Stripe's"
          columns={comparisonColumns}
          rows={troubles.comparisons}
          rowKey={({ tenantId, meterKey }) => `${tenantId} ${meterKey}`}
          empty={<NothingCompared />}
        />
      </Card>
      {troubles.reports.length > 0 && (
        <Card title="What Stripe told of" note="Events it took and did not count" flush>
          <DataTable
            caption="Reports of Stripe's about meter events"
            columns={reportColumns}
            rows={troubles.reports}
            rowKey={({ id }) => id}
            empty={null}
          />
        </Card>
      )}
      <Card title="Beside Stripe's count" note="Minimums, caps and late usage on invoices" flush>
        <DataTable
          caption="What was put on invoices beside Stripe's count"
          columns={adjustmentColumns}
          rows={adjustments.rows}
          rowKey={({ id }) => id}
          next={adjustments.next}
          empty={<EmptyState title="No invoice needed one" />}
        />
      </Card>
    </Page>
  );
}

function Figures({ troubles: { drifted, stuck, unsent } }: { troubles: UsageTroubles }) {
  return (
    <Stats>
      <Stat
        label="Counts that differ"
        value={<Count of={drifted} />}
        note={drifted === 0 ? "nothing needs you" : "their bills would be wrong"}
      />
      <Stat
        label="Did not arrive"
        value={<Count of={stuck.length} />}
        note={stuck.length === 0 ? "Stripe took everything" : "wait for a decision below"}
      />
      <Stat
        label="Hours still to be told"
        value={<Count of={unsent.hours} />}
        note={
          unsent.since ? (
            <>
              the oldest of <Moment at={unsent.since} />
            </>
          ) : (
            "Stripe is told each minute"
          )
        }
      />
    </Stats>
  );
}

function NothingCompared() {
  return (
    <EmptyState icon={<Gauge />} title="Nothing was compared yet">
      As soon as a subscription with a metered price has run for an hour, what Stripe was sent is
      compared with what it says it counted. What differs comes first here, and raises an alert.
    </EmptyState>
  );
}
