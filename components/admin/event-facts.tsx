import { formatDuration } from "#components/admin/duration";
import { StripeId } from "#components/admin/stripe-id";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { InboxEventPage } from "#lib/overview/get-inbox-event";

/** Where an event came from, what it is about, and how it went. */
export function EventFacts({ event }: { event: InboxEventPage }) {
  const { account, handledAt, lagMs, objectId, objectType, tenant } = event;
  return (
    <Card title="Event">
      <Facts>
        <Fact label="Id">
          <StripeId id={event.id} of="event" />
        </Fact>
        <Fact label={wordOf(objectType)}>
          <CopyableId id={objectId} />
        </Fact>
        {tenant && (
          <Fact label="Tenant">
            <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>
          </Fact>
        )}
        {account && (
          <Fact label="Account">
            <StripeId id={account} of="account" />
          </Fact>
        )}
        <Fact label="Endpoint">{event.endpoint}</Fact>
        <Fact label="True at Stripe">
          <Moment at={event.instant} as="exact" />
        </Fact>
        <Fact label="Arrived">
          <Moment at={event.receivedAt} as="exact" />
        </Fact>
        {handledAt && (
          <Fact label="Handled">
            <Moment at={handledAt} />
            {lagMs !== null && <span className="text-muted"> · in {formatDuration(lagMs)}</span>}
          </Fact>
        )}
        <Fact label="Attempts">{event.attempts}</Fact>
        <Fact label="Partition">{event.partition}</Fact>
        <Fact label="Trace">
          <CopyableId id={event.traceId} />
        </Fact>
      </Facts>
    </Card>
  );
}

/** "checkout.session" is read "Checkout session". */
function wordOf(objectType: string): string {
  const words = objectType.replaceAll(/[._]/g, " ") || "object";
  return words.charAt(0).toUpperCase() + words.slice(1);
}
