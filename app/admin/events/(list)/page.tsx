import { SearchX, Webhook } from "lucide-react";
import { CrewCard } from "#components/admin/crew-card";
import { eventColumns, eventHref } from "#components/admin/event-columns";
import { EventFilters } from "#components/admin/event-filters";
import { EventsPage } from "#components/admin/events-page";
import { InboxFigures } from "#components/admin/inbox-figures";
import { forPage, readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { LookedNote } from "#components/admin/looked-note";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { getInbox } from "#lib/overview/get-inbox";
import { type InboxQuery, inboxQuery, listInboxEvents } from "#lib/overview/list-inbox-events";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Events" };

export default async function InboxPage(props: PageProps<"/admin/events">) {
  const ctx = await requireAdmin();
  const query = readQuery(inboxQuery, await props.searchParams);
  const [{ rows, next, lookedBackTo }, inbox] = await Promise.all([
    forPage(listInboxEvents(ctx, query), "/admin/events"),
    getInbox(ctx),
  ]);
  return (
    <EventsPage
      at="inbox"
      title="Events"
      sentence="Everything Stripe told us, stored once and handled per object, the newest first."
      actions={query.cursor ? undefined : <Live />}
    >
      <InboxFigures inbox={inbox} />
      <Card flush>
        <EventFilters />
        <DataTable
          caption="Events"
          columns={eventColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={eventHref}
          next={next}
          empty={<NoEvents query={query} />}
        />
        <LookedNote backTo={lookedBackTo} />
      </Card>
      <CrewCard crew={inbox.crew} />
    </EventsPage>
  );
}

function NoEvents({ query: { status, cursor: _, ...others } }: { query: InboxQuery }) {
  if (Object.values(others).some(Boolean)) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No event matches"
        action={
          <LinkButton href="/admin/events" variant="secondary">
            Show all events
          </LinkButton>
        }
      >
        A type is matched from its beginning, an id in full.
      </EmptyState>
    );
  }
  const { title, text } = emptyOf[status ?? "all"];
  return (
    <EmptyState icon={<Webhook />} title={title}>
      {text}
    </EmptyState>
  );
}

const emptyOf = {
  all: {
    title: "No events yet",
    text: "Stripe's events arrive here by webhook, the first with the first plan that is chosen.",
  },
  waiting: { title: "Nothing waits", text: "Every event that arrived has been handled." },
  done: { title: "None handled yet", text: "Events are handled within a second of arriving." },
  ignored: {
    title: "None ignored",
    text: "Events of types that we do not act on are stored, acknowledged and listed here.",
  },
  dead: {
    title: "No dead letters",
    text: "An event that keeps failing ends here with its error, and can be replayed.",
  },
  discarded: {
    title: "None discarded",
    text: "A dead letter that a person decided against is listed here with the reason.",
  },
} as const;
