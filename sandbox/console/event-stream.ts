import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { eventFilter } from "#sandbox/console/events";
import type { Place } from "#sandbox/console/place";
import { eventRow, eventsOf, newestSequence } from "#sandbox/console/read-events";

const atOnce = 200;
const heartbeatMs = 20_000;

/** Sends each event of a world as it is committed: an id to go on from, and its row as HTML. */
export function streamEvents(context: Context, place: Place): Response | Promise<Response> {
  const filter = eventFilter(place);
  let since = cursorOf(context, place);
  return streamSSE(context, async (stream) => {
    let wake = () => {};
    let isWoken = true;
    const unwatch = place.engine.changes.watch(place.namespace.name, () => {
      isWoken = true;
      wake();
    });
    stream.onAbort(() => wake());
    try {
      await stream.writeSSE({ event: "ready", data: String(since), id: String(since) });
      while (!stream.aborted && !stream.closed) {
        if (isWoken) {
          isWoken = false;
          const query = { ...filter, after: since, order: "oldest" as const, limit: atOnce };
          const fresh = eventsOf(place, query);
          for (const event of fresh) {
            const data = JSON.stringify({
              ...{ id: event.id, type: event.type, account: event.account },
              row: String(await eventRow(place, event)),
            });
            await stream.writeSSE({ event: "event", data, id: String(event.sequence) });
            since = event.sequence;
          }
          isWoken ||= fresh.length === atOnce;
          if (isWoken) continue;
        }
        const isQuiet = await untilWoken((own) => {
          wake = own;
          return isWoken;
        });
        if (isQuiet) await stream.write(": still here\n\n");
      }
    } finally {
      unwatch();
    }
  });
}

// A page that lost its connection goes on where it was.
function cursorOf(context: Context, place: Place): number {
  const last = context.req.header("last-event-id") ?? context.req.query("since") ?? "";
  return /^\d+$/.test(last) ? Number(last) : newestSequence(place);
}

/** Waits for a change, or for as long as a connection may stay silent. */
function untilWoken(arm: (wake: () => void) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), heartbeatMs);
    timer.unref();
    const wake = () => {
      clearTimeout(timer);
      resolve(false);
    };
    if (arm(wake)) wake();
  });
}
