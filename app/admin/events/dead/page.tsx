import { MailCheck, SearchX } from "lucide-react";
import { BoundedCount } from "#components/admin/bounded-count";
import { BulkAct } from "#components/admin/bulk-act";
import { DeadGroupsCard } from "#components/admin/dead-groups-card";
import { deadColumns, eventHref } from "#components/admin/event-columns";
import { EventFilters } from "#components/admin/event-filters";
import { EventsPage } from "#components/admin/events-page";
import { forPage, readQuery } from "#components/admin/list-query";
import { LookedNote } from "#components/admin/looked-note";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton, TextLink } from "#components/ui/link-button";
import type { RunFilter } from "#lib/events/inbox-run";
import { countDead, listDeadGroups } from "#lib/overview/list-dead-groups";
import { inboxQuery, listInboxEvents } from "#lib/overview/list-inbox-events";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Dead letters" };

export default async function DeadLettersPage(props: PageProps<"/admin/events/dead">) {
  const ctx = await requireAdmin();
  const asked = readQuery(inboxQuery, await props.searchParams);
  const { cursor, text, status: _, ...filter } = asked;
  const query = { ...asked, status: "dead" as const };
  const isFiltered = Boolean(text) || Object.values(filter).some(Boolean);
  const [{ rows, next, lookedBackTo }, groups, dead] = await Promise.all([
    forPage(listInboxEvents(ctx, query), "/admin/events/dead"),
    isFiltered || cursor ? null : listDeadGroups(ctx),
    countDead(ctx),
  ]);
  const mayAct = mayOnPlatform(ctx.platformRole, "events:replay");
  return (
    <EventsPage
      at="dead"
      title="Dead letters"
      sentence="Events that failed ten times, each holding up its own object alone."
      count={dead.count}
      // Words in payloads are looked for row by row, so what has them cannot be counted first.
      actions={
        mayAct && rows.length > 0 && !text ? (
          <Acts filter={{ ...filter, status: "dead" }} isFiltered={isFiltered} />
        ) : undefined
      }
    >
      {groups && <DeadGroupsCard {...groups} mayAct={mayAct} />}
      <Card
        title={isFiltered ? "Dead letters that match" : "All dead letters"}
        note={<BoundedCount of={dead} />}
        action={isFiltered && <TextLink href="/admin/events/dead">Show all</TextLink>}
        flush
      >
        {(rows.length > 0 || isFiltered) && <EventFilters isOfOneState />}
        {filter.error && <ErrorChip error={filter.error} />}
        <DataTable
          caption="Dead letters"
          columns={deadColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={eventHref}
          next={next}
          empty={isFiltered ? <NoMatch /> : <NoneDead />}
        />
        <LookedNote backTo={lookedBackTo} />
      </Card>
    </EventsPage>
  );
}

function Acts({ filter, isFiltered }: { filter: RunFilter; isFiltered: boolean }) {
  const which = isFiltered ? "all that match" : "all dead letters";
  return (
    <>
      <BulkAct act="replay" filter={filter} which={which} />
      <BulkAct act="discard" filter={filter} which={which} />
    </>
  );
}

function ErrorChip({ error }: { error: string }) {
  return (
    <p className="border-t border-separator px-4 py-2 text-xs text-muted">
      With the error <code className="font-mono break-words text-foreground">{error}</code>
    </p>
  );
}

function NoMatch() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No dead letter matches"
      action={
        <LinkButton href="/admin/events/dead" variant="secondary">
          Show all dead letters
        </LinkButton>
      }
    >
      A type is matched from its beginning, an id in full.
    </EmptyState>
  );
}

function NoneDead() {
  return (
    <EmptyState icon={<MailCheck />} title="No dead letters">
      An event that keeps failing ends here with its error. It can be replayed once the cause is
      mended, or discarded, alone or together with all that failed alike.
    </EmptyState>
  );
}
