import { isUtf8 } from "node:buffer";
import type { Delivery, Source } from "#lib/events/delivery";
import type { InboxRow } from "#lib/events/store-delivery";

/** An event as the inbox takes it, with its body as it is kept. */
export function inboxRowOf(
  source: Source,
  delivery: Delivery,
  body: Buffer,
  { at, isLive }: { at: Date; isLive: boolean },
): InboxRow {
  // An endpoint in production also receives test events; they are kept, and nothing follows.
  const isOurs = delivery.isLive === isLive;
  const why = isOurs ? null : `An event of ${delivery.isLive ? "live" : "test"} mode.`;
  return [
    ...([delivery.id, source, delivery.account, delivery.type] as const),
    ...([delivery.objectType, delivery.objectId, delivery.partition] as const),
    ...([delivery.instant, at, isOurs ? "waiting" : "ignored", why, isOurs ? null : at] as const),
    ...([delivery.traceId, body] as const),
  ];
}

/** A body as it is kept: what was sent, byte for byte, but for what PostgreSQL could not read. */
export function storableBytes(sent: string | Buffer): { text: string; bytes: Buffer } {
  const told = sent.toString();
  const text = storable(told);
  const isAsSent = text === told && typeof sent !== "string" && isUtf8(sent);
  return { text, bytes: isAsSent ? sent : Buffer.from(text) };
}

/**
 * PostgreSQL has no place for the NUL character, nor for half of a surrogate pair, which an emoji
 * that was cut in two leaves. An escape whose backslash is escaped itself is plain text.
 */
export function storable(text: string): string {
  // Few bodies have any, and to look for two letters is far cheaper than the expression.
  if (!text.includes("\\u")) return text;
  return text.replaceAll(escapes, (found) =>
    /^\\u(0000|d[89a-f]..)$/i.test(found) ? "\\ufffd" : found,
  );
}
const escapes = /\\\\|\\ud[89ab]..\\ud[c-f]..|\\u(?:0000|d[89a-f]..)/gi;
