import { RefreshCcwDot } from "lucide-react";
import { EventsPage } from "#components/admin/events-page";
import { forPage, readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { resyncColumns, resyncStopColumn } from "#components/admin/resync-columns";
import {
  EverythingResyncButton,
  ObjectResyncForm,
  TenantResyncForm,
} from "#components/admin/resync-forms";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { listResyncs, resyncQuery } from "#lib/overview/list-resyncs";
import { mirroredTypes } from "#lib/overview/read-mirrored";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Resync" };

export default async function ResyncPage(props: PageProps<"/admin/events/resync">) {
  const ctx = await requireAdmin();
  const query = readQuery(resyncQuery, await props.searchParams);
  const { rows, next } = await forPage(listResyncs(ctx, query), "/admin/events/resync");
  const mayAct = mayOnPlatform(ctx.platformRole, "events:replay");
  const isRunning = rows.some(({ status }) => status === "running");
  return (
    <EventsPage
      at="resync"
      title="Resync"
      sentence="Mirrors are compared with Stripe's objects, and what differs is asked for again."
      actions={
        <>
          {isRunning && <Live />}
          {mayAct && <EverythingResyncButton />}
        </>
      }
    >
      {mayAct && (
        <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <Card title="One object" note="asked for at once">
            <ObjectResyncForm types={mirroredTypes} />
          </Card>
          <Card title="One tenant" note="all that is theirs">
            <TenantResyncForm />
          </Card>
        </div>
      )}
      <Card title="Comparisons" note="the newest first" flush>
        <DataTable
          caption="Comparisons"
          columns={mayAct && isRunning ? [...resyncColumns, resyncStopColumn] : resyncColumns}
          rows={rows}
          rowKey={({ id }) => id}
          next={next}
          empty={
            <EmptyState icon={<RefreshCcwDot />} title="Nothing was compared as a whole yet">
              Webhooks, backfills and the drift monitor keep mirrors true by themselves. A resync is
              for after a long outage, or for whoever wants to be sure.
            </EmptyState>
          }
        />
      </Card>
    </EventsPage>
  );
}
