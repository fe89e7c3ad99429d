import { Banner } from "#components/ui/banner";
import { Moment } from "#components/ui/moment";
import type { InboxEventPage } from "#lib/overview/get-inbox-event";

/** Why an event could not be handled, in the words of what failed. */
export function EventError({ event, error }: { event: InboxEventPage; error: string }) {
  const { attempts, retryAt, status } = event;
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return (
    <Banner
      kind={status === "dead" ? "danger" : "warning"}
      title={status === "dead" ? `Failed after ${tries}.` : `Failed so far, ${tries}.`}
    >
      {retryAt && status === "waiting" && (
        <>
          Tried again <Moment at={retryAt} />.{" "}
        </>
      )}
      <code className="mt-1 block max-h-40 overflow-y-auto font-mono text-xs break-words whitespace-pre-wrap">
        {error}
      </code>
    </Banner>
  );
}
