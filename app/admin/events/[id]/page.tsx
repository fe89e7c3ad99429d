import { notFound } from "next/navigation";
import { DiscardButton } from "#components/admin/discard-button";
import { eventColumns, eventHref } from "#components/admin/event-columns";
import { EventError } from "#components/admin/event-error";
import { EventConvergence, EventFacts } from "#components/admin/event-facts";
import { EventFindings } from "#components/admin/event-findings";
import { EventTrace } from "#components/admin/event-trace";
import { JsonView } from "#components/admin/json-view";
import { forPage } from "#components/admin/list-query";
import { MirrorCard } from "#components/admin/mirror-card";
import { ReplayButton } from "#components/admin/replay-button";
import { ResyncButton } from "#components/admin/resync-button";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { getInboxEvent, type InboxEventPage } from "#lib/overview/get-inbox-event";
import { mirroredTypes } from "#lib/overview/read-mirrored";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";
import { readReference } from "#lib/webhooks/reference";

export const metadata = { title: "Event" };

export default async function EventPage(props: PageProps<"/admin/events/[id]">) {
  const ctx = await requireAdmin();
  const id = readReference((await props.params).id);
  if (id === undefined) notFound();
  const event = await forPage(getInboxEvent(ctx, id), "/admin/events");
  const mayAct = mayOnPlatform(ctx.platformRole, "events:replay");
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
            {mayAct && <Acts event={event} />}
          </>
        }
      />
      {event.error && <EventError event={event} error={event.error} />}
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <div className="grid grid-cols-1 gap-3">
          <EventFacts event={event} />
          <EventConvergence event={event} />
          <EventFindings event={event} />
          <EventTrace event={event} />
        </div>
        <div className="grid grid-cols-1 gap-3">
          <MirrorCard mirrored={event.mirrored} />
          <Card title="Payload" note="as Stripe sent it" flush>
            <JsonView label="Payload" text={JSON.stringify(event.body, null, 2)} />
          </Card>
        </div>
      </div>
      <Siblings event={event} />
    </Page>
  );
}

function Acts({ event }: { event: InboxEventPage }) {
  const { account, id, objectId, objectType, status, retryAt, type } = event;
  // As the verbs decide it: one that waits for its first turn needs no second.
  const mayReplay = status !== "waiting" || retryAt !== null;
  return (
    <>
      {mirroredTypes.includes(objectType) && (
        <ResyncButton {...{ account, objectType, objectId }} />
      )}
      {mayReplay && <ReplayButton id={id} type={type} />}
      {status === "dead" && <DiscardButton id={id} type={type} />}
    </>
  );
}

function Siblings({ event: { objectId, siblings } }: { event: InboxEventPage }) {
  if (siblings.length === 0) return null;
  return (
    <Card
      title="Other events of the same object"
      note="the newest first"
      action={
        <TextLink href={`/admin/events?q=${encodeURIComponent(objectId)}`}>All of them</TextLink>
      }
      flush
    >
      <DataTable
        caption="Other events of the same object"
        columns={eventColumns}
        rows={siblings}
        rowKey={(row) => row.id}
        rowHref={eventHref}
        empty={null}
      />
    </Card>
  );
}

const sentences = {
  waiting: "Waits for the worker. It is handled in the order of its object.",
  done: "Handled: its object holds what Stripe says.",
  ignored: "Stored and acknowledged. We act on no event of this type.",
  dead: "It failed again and again, and waits for a person. Only its object is held up.",
  discarded: "It could not be handled, and a person decided that it shall not be.",
} as const satisfies Record<InboxEventPage["status"], string>;
