import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { InboxState } from "#lib/overview/inbox-state";

/** What on the platform needs a person now, and the one step to take. Nothing is good news. */
export function PlatformAlerts({ inbox }: { inbox: InboxState }) {
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
    </>
  );
}
