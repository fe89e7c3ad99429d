import type { Delivery, Source } from "#lib/events/delivery";
import type { InboxRow } from "#lib/events/store-delivery";

/** An event as the inbox takes it. Text is the body as it is kept. */
export function inboxRowOf(
  source: Source,
  delivery: Delivery,
  text: string,
  { at, isLive }: { at: Date; isLive: boolean },
): InboxRow {
  // An endpoint in production also receives test events; they are kept, and nothing follows.
  const isOurs = delivery.isLive === isLive;
  const why = isOurs ? null : `An event of ${delivery.isLive ? "live" : "test"} mode.`;
  return [
    ...([delivery.id, source, delivery.account, delivery.type] as const),
    ...([delivery.objectType, delivery.objectId, delivery.partition] as const),
    ...([delivery.instant, at, isOurs ? "waiting" : "ignored", why, isOurs ? null : at] as const),
    ...([delivery.traceId, text] as const),
  ];
}

/**
 * PostgreSQL's jsonb has no place for the NUL character, nor for half of a surrogate pair, which an
 * emoji that was cut in two leaves. An escape whose backslash is escaped itself is plain text.
 */
export function storable(text: string): string {
  return text.replaceAll(escapes, (found) =>
    /^\\u(0000|d[89a-f]..)$/i.test(found) ? "\\ufffd" : found,
  );
}
const escapes = /\\\\|\\ud[89ab]..\\ud[c-f]..|\\u(?:0000|d[89a-f]..)/gi;
