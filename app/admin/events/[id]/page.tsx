import { eventColumns } from "#components/admin/event-columns";
import { EventError } from "#components/admin/event-error";
import { EventFacts } from "#components/admin/event-facts";
import { EventFindings } from "#components/admin/event-findings";
import { JsonView } from "#components/admin/json-view";
import { forPage } from "#components/admin/list-query";
import { ReplayButton } from "#components/admin/replay-button";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { getInboxEvent, type InboxEventPage } from "#lib/overview/get-inbox-event";
import { mayOnPlatform, type PlatformRole } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Event" };

export default async function EventPage(props: PageProps<"/admin/events/[id]">) {
  const ctx = await requireAdmin();
  const id = decodeURIComponent((await props.params).id);
  const event = await forPage(getInboxEvent(ctx, id), "/admin/events");
  return (
    <Page>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="break-all">{event.type}</span> <Status of={event.status} />
          </span>
        }
        sentence={sentences[event.status]}
        actions={
          <>
            <LinkButton href="/admin/events" variant="secondary" size="sm">
              All events
            </LinkButton>
            {mayReplay(ctx.platformRole, event) && <ReplayButton id={id} type={event.type} />}
          </>
        }
      />
      {event.error && <EventError event={event} error={event.error} />}
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <div className="grid grid-cols-1 gap-3">
          <EventFacts event={event} />
          <EventFindings event={event} />
        </div>
        <Card title="Payload" note="as Stripe sent it" flush>
          <JsonView label="Payload" text={JSON.stringify(event.body, null, 2)} />
        </Card>
      </div>
      {event.siblings.length > 0 && (
        <Card title="Other events of the same object" note="the newest first" flush>
          <DataTable
            caption="Other events of the same object"
            columns={eventColumns}
            rows={event.siblings}
            rowKey={(row) => row.id}
            rowHref={(row) => `/admin/events/${encodeURIComponent(row.id)}`}
            empty={null}
          />
        </Card>
      )}
    </Page>
  );
}

const sentences = {
  waiting: "Waits for the worker. It is handled in the order of its object.",
  done: "Handled: its object holds what Stripe says.",
  ignored: "Stored and acknowledged. We act on no event of this type.",
  dead: "Given up after repeated failures. Only its object is held up.",
} as const satisfies Record<InboxEventPage["status"], string>;

/** As the verb decides it: one that waits for its first turn needs no second. */
function mayReplay(role: PlatformRole, { status, retryAt }: InboxEventPage): boolean {
  return mayOnPlatform(role, "events:replay") && (status !== "waiting" || retryAt !== null);
}
