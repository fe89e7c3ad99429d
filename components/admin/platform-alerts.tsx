import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { InboxState } from "#lib/overview/inbox-state";

type Props = { inbox: InboxState; openChecks: number; openAlerts: number };

/** What on the platform needs a person now, and the one step to take. Nothing is good news. */
export function PlatformAlerts({ inbox, openChecks, openAlerts }: Props) {
  const { workers } = inbox;
  const waiting = inbox.waiting.count;
  const dead = inbox.dead.count;
  const more = inbox.dead.isMore ? "More than " : "";
  return (
    <>
      {workers === 0 && (
        <Banner
          kind="danger"
          title="No worker is alive."
          action={
            <LinkButton href="/admin/system" size="sm" variant="secondary">
              See the system
            </LinkButton>
          }
        >
          {waiting === 1 ? "1 event waits" : `${waiting} events wait`}
          {inbox.waiting.isMore && " or more"} and none is lost. They are handled as soon as a
          worker starts.
        </Banner>
      )}
      {dead > 0 && (
        <Banner
          kind="warning"
          title={
            dead === 1
              ? "1 event could not be handled."
              : `${more}${dead} events could not be handled.`
          }
          action={
            <LinkButton href="/admin/events/dead" size="sm" variant="secondary">
              {dead === 1 ? "See it" : "See them"}
            </LinkButton>
          }
        >
          {dead === 1 ? "Only its object is" : "Only their objects are"} held up. Replay
          {dead === 1 ? " it" : " them"} once the cause is mended.
        </Banner>
      )}
      {openAlerts > 0 && (
        <Banner
          kind="warning"
          title={openAlerts === 1 ? "1 alert is open." : `${openAlerts} alerts are open.`}
          action={
            <LinkButton href="/admin/alerts" size="sm" variant="secondary">
              {openAlerts === 1 ? "See it" : "See them"}
            </LinkButton>
          }
        >
          Disputes, and payouts or refunds that failed, wait for somebody to take them on.
        </Banner>
      )}
      {openChecks > 0 && <OpenChecks count={openChecks} />}
    </>
  );
}

function OpenChecks({ count }: { count: number }) {
  const isOne = count === 1;
  return (
    <Banner
      kind="warning"
      title={
        isOne ? "1 invoice is not what we work out." : `${count} invoices are not what we work out.`
      }
      action={
        <LinkButton href="/admin/rater?state=open" size="sm" variant="secondary">
          {isOne ? "Compare it" : "Compare them"}
        </LinkButton>
      }
    >
      {isOne ? "It was" : "They were"} billed as Stripe says. Both calculations are kept side by
      side, until somebody settles {isOne ? "it" : "them"}.
    </Banner>
  );
}
