import { formatDuration } from "#components/admin/duration";
import { StripeId } from "#components/admin/stripe-id";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { InboxEventPage } from "#lib/overview/get-inbox-event";

const sources: Readonly<Record<string, string>> = {
  account: "Webhook of the platform",
  connect: "Webhook of connected accounts",
  backfill: "Stripe's list of events; its webhook never came",
  resync: "Lockstep, which asked for the object",
};

/** Where an event came from, and what it is about. */
export function EventFacts({ event }: { event: InboxEventPage }) {
  const { account, id, objectId, objectType, tenant, traceId } = event;
  return (
    <Card title="Event">
      <Facts>
        <Fact label="Id">
          <StripeId id={id} of="event" />
        </Fact>
        <Fact label={wordOf(objectType)}>
          <CopyableId id={objectId} href={`/admin/events?q=${encodeURIComponent(objectId)}`} />
        </Fact>
        {tenant && (
          <Fact label="Tenant">
            <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>
          </Fact>
        )}
        <Fact label="Account">
          {account ? <StripeId id={account} of="account" /> : "The platform's own"}
        </Fact>
        <Fact label="Came by">{sources[event.endpoint] ?? event.endpoint}</Fact>
        <Fact label="True at Stripe">
          <Moment at={event.instant} as="exact" />
        </Fact>
        <Fact label="Arrived">
          <Moment at={event.receivedAt} as="exact" />
        </Fact>
        <Fact label="Trace">
          <CopyableId id={traceId} href={`/admin/events?q=${encodeURIComponent(traceId)}`} />
        </Fact>
      </Facts>
    </Card>
  );
}

/** How and by whom it was handled, and together with what. */
export function EventConvergence({ event }: { event: InboxEventPage }) {
  const { attempts, convergence, handledAt, lagMs, partition, reason, status } = event;
  const { by, together } = convergence;
  return (
    <Card title="Convergence" note={notes[status]}>
      <Facts>
        {handledAt && (
          <Fact label={ends[status]}>
            <Moment at={handledAt} as="exact" />
            {lagMs !== null && <span className="text-muted"> · in {formatDuration(lagMs)}</span>}
          </Fact>
        )}
        {by && (
          <Fact label="By">
            <span className="break-all">{by}</span>
          </Fact>
        )}
        {reason && <Fact label="Because">{reason}</Fact>}
        <Fact label="Attempts">{attempts}</Fact>
        <Fact label="Partition">{partition}</Fact>
        {status === "done" && (
          <Fact label="Converged with it">
            {together.length === 0 ? "nothing else" : <Together of={together} />}
          </Fact>
        )}
      </Facts>
    </Card>
  );
}

const notes = {
  waiting: "one worker per object, in order",
  done: "all that waited about the object, at once",
  ignored: "stored, and nothing follows",
  dead: "nothing was written",
  discarded: "a person decided",
} as const satisfies Record<InboxEventPage["status"], string>;

const ends = {
  waiting: "Handled",
  done: "Handled",
  ignored: "Ignored",
  dead: "Died",
  discarded: "Discarded",
} as const satisfies Record<InboxEventPage["status"], string>;

function Together({ of }: { of: InboxEventPage["siblings"] }) {
  return (
    <span className="grid justify-items-end gap-1.5">
      {of.map(({ id, type }) => (
        <TextLink key={id} href={`/admin/events/${encodeURIComponent(id)}`}>
          {type}
        </TextLink>
      ))}
    </span>
  );
}

/** "checkout.session" is read "Checkout session". */
export function wordOf(objectType: string): string {
  const words = objectType.replaceAll(/[._]/g, " ") || "object";
  return words.charAt(0).toUpperCase() + words.slice(1);
}
