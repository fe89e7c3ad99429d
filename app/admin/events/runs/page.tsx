import { ListChecks } from "lucide-react";
import { EventsPage } from "#components/admin/events-page";
import { forPage, readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { runColumns, runStopColumn } from "#components/admin/run-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { listRuns, runQuery } from "#lib/overview/list-runs";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Runs" };

export default async function RunsPage(props: PageProps<"/admin/events/runs">) {
  const ctx = await requireAdmin();
  const query = readQuery(runQuery, await props.searchParams);
  const { rows, next } = await forPage(listRuns(ctx, query), "/admin/events/runs");
  const mayStop =
    mayOnPlatform(ctx.platformRole, "events:replay") &&
    rows.some(({ status }) => status === "running");
  return (
    <EventsPage
      at="runs"
      title="Runs"
      sentence="What was decided about many events at once. One that is cut off goes on by itself."
      actions={<Live />}
    >
      <Card flush>
        <DataTable
          caption="Runs"
          columns={mayStop ? [...runColumns, runStopColumn] : runColumns}
          rows={rows}
          rowKey={({ id }) => id}
          next={next}
          empty={<NoRuns />}
        />
      </Card>
    </EventsPage>
  );
}

function NoRuns() {
  return (
    <EmptyState
      icon={<ListChecks />}
      title="Nothing was done to many events yet"
      action={
        <LinkButton href="/admin/events/dead" variant="secondary">
          See the dead letters
        </LinkButton>
      }
    >
      Replaying or discarding all dead letters that match a filter is a run: it is counted first,
      and its progress is shown here.
    </EmptyState>
  );
}
