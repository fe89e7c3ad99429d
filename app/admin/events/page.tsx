import { SearchX, Webhook } from "lucide-react";
import { eventColumns } from "#components/admin/event-columns";
import { EventTabs } from "#components/admin/event-tabs";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getInbox } from "#lib/overview/get-inbox";
import { type InboxQuery, inboxQuery, listInboxEvents } from "#lib/overview/list-inbox-events";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Events" };

export default async function EventsPage(props: PageProps<"/admin/events">) {
  const ctx = await requireAdmin();
  const query = readQuery(inboxQuery, await props.searchParams);
  const [{ rows, next }, inbox] = await Promise.all([
    forPage(listInboxEvents(ctx, query), "/admin/events"),
    getInbox(ctx),
  ]);
  return (
    <Page>
      <PageHeader
        title="Events"
        sentence="Everything Stripe told us, stored once and handled per object, the newest first."
        actions={query.cursor ? undefined : <Live />}
      />
      <div>
        <EventTabs query={query} counts={inbox} />
      </div>
      <Card flush>
        <FilterBar
          texts={[
            { name: "type", label: "Type, such as invoice.paid" },
            { name: "q", label: "Id of an event or object" },
          ]}
        />
        <DataTable
          caption="Events"
          columns={eventColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/events/${encodeURIComponent(id)}`}
          next={next}
          empty={<NoEvents query={query} />}
        />
      </Card>
    </Page>
  );
}

function NoEvents({ query: { status, type, q } }: { query: InboxQuery }) {
  if (type || q) {
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
} as const;
