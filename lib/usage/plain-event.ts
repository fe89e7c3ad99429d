import type { SentEvent } from "#lib/usage/input";

/** The least and the greatest length of each field that is a text. */
const lengths = new Map<string, readonly [least: number, most: number]>([
  ["key", [1, 255]],
  ["meter", [0, 100]],
  ["unit", [0, 100]],
  ["at", [0, Number.POSITIVE_INFINITY]],
  ["unique", [1, 255]],
]);

/**
 * True where an event has nothing but good texts and numbers, as nearly all have: the schema would
 * return it as it is, at several times the cost. False says nothing; the schema then decides.
 */
export function isPlainEvent(sent: unknown): sent is SentEvent {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return false;
  const fields = sent as Record<string, unknown>;
  for (const name in fields) {
    const value = fields[name];
    if (name === "value" && isQuantity(value)) continue;
    const length = lengths.get(name);
    if (!length || typeof value !== "string") return false;
    if (value.length < length[0] || value.length > length[1]) return false;
  }
  return Object.hasOwn(fields, "key") && Object.hasOwn(fields, "meter");
}

function isQuantity(value: unknown): boolean {
  return typeof value === "string" || Number.isFinite(value);
}
