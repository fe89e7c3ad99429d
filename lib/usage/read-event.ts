import { aheadMs, plainDecimal, type UsageEvent } from "#lib/usage/event";
import { type SentEvent, usageEventBody } from "#lib/usage/input";
import type { UsageMeter } from "#lib/usage/meter";
import { isPlainEvent } from "#lib/usage/plain-event";

export type ReadOptions = {
  meters: ReadonlyMap<string, UsageMeter>;
  now: Date;
  lateDays: number;
};

/** What is wrong with one event, and in which of its fields. */
export type Fault = { field: string; detail: string };

const dayMs = 86_400_000;

/** Reads one event as it was sent, or says what is wrong with it. Pure. */
export function readEvent(sent: unknown, options: ReadOptions): UsageEvent | Fault {
  const event = readShape(sent);
  if ("detail" in event) return event;
  const meter = options.meters.get(event.meter);
  const fault =
    textFault(event) ?? (meter ? meterFault(event, meter) : unknownMeter(event, options));
  if (fault) return fault;
  const value = readValue(event.value ?? 1);
  if (typeof value !== "string") return value;
  const at = readInstant(event.at, options);
  if (typeof at !== "string") return at;
  return {
    key: event.key,
    meterKey: event.meter,
    at,
    isAtGiven: event.at !== undefined,
    value,
    uniqueValue: event.unique ?? null,
    dimensions: event.dimensions ?? null,
  };
}

function readShape(sent: unknown): SentEvent | Fault {
  if (isPlainEvent(sent)) return sent;
  const parsed = usageEventBody.safeParse(sent);
  return parsed.success ? parsed.data : shapeFault(parsed.error.issues[0]!);
}

function shapeFault({ path, code, message, ...issue }: ShapeIssue): Fault {
  if (code === "unrecognized_keys") {
    const [field = ""] = issue.keys ?? [];
    const detail = `There is no field ${field}. Take it out, or put it into dimensions.`;
    return { field, detail };
  }
  if (path.length === 0) return { field: "", detail: "Send an object for each event." };
  return { field: path.join("."), detail: message };
}

type ShapeIssue = {
  path: PropertyKey[];
  code?: string | undefined;
  message: string;
  keys?: string[];
};

/** What PostgreSQL's text cannot hold would otherwise spoil every event of the request. */
function textFault({ key, unique, dimensions }: SentEvent): Fault | undefined {
  const fault = (field: string): Fault => {
    return { field, detail: "It holds a character that is none. Send plain text." };
  };
  if (!isWhole(key)) return fault("key");
  if (unique !== undefined && !isWhole(unique)) return fault("unique");
  if (dimensions && !isWhole(JSON.stringify(dimensions))) return fault("dimensions");
  return undefined;
}

/** Printable ASCII, where nothing else needs to be looked for. */
const plainText = /^[ -[\]-~]*$/;

function isWhole(text: string): boolean {
  if (plainText.test(text)) return true;
  return text.isWellFormed() && !text.includes("\0") && !/\\u(0000|d[89a-f])/.test(text);
}

function unknownMeter({ meter }: SentEvent, { meters }: ReadOptions): Fault {
  const active = [...meters.values()].filter(({ isActive }) => isActive).map(({ key }) => key);
  const known = active.slice(0, 20).join(", ") || "none yet";
  return { field: "meter", detail: `There is no meter ${meter}. Those there are: ${known}.` };
}

function meterFault({ unit, unique, value }: SentEvent, meter: UsageMeter): Fault | undefined {
  if (!meter.isActive) {
    const detail = `${meter.key} was deactivated and counts no more. Stop sending it.`;
    return { field: "meter", detail };
  }
  if (unit !== undefined && unit !== meter.unit) {
    const counted = meter.unit ? `in ${meter.unit}` : "in no unit";
    const mend = meter.unit ? `Convert it to ${meter.unit}.` : "Leave the unit out.";
    return { field: "unit", detail: `${meter.key} is counted ${counted}, not in ${unit}. ${mend}` };
  }
  const isUnique = meter.aggregation === "unique";
  if (isUnique && unique === undefined) {
    const detail = `${meter.key} counts different values. Send the value as unique.`;
    return { field: "unique", detail };
  }
  if (!isUnique && unique !== undefined) {
    const detail = `${meter.key} does not count different values. Put it into dimensions.`;
    return { field: "unique", detail };
  }
  const countsEvents = isUnique || meter.aggregation === "count";
  if (countsEvents && value !== undefined && Number(value) !== 1) {
    const detail = `${meter.key} counts each event as one. Leave the value out.`;
    return { field: "value", detail };
  }
  return undefined;
}

/** A whole number as it is kept. */
const plainWhole = /^[1-9]\d{0,14}$/;

/** The decimal as text, exactly as it was meant. */
function readValue(sent: string | number): string | Fault {
  if (typeof sent === "string" && plainWhole.test(sent)) return sent;
  const fault = (detail: string): Fault => ({ field: "value", detail });
  const text = typeof sent === "number" ? textOf(sent) : sent.trim();
  if (text === null) return fault("A number of so many digits loses some. Send it as text.");
  if (/^-[\d.]+$/.test(text) && Number(text) !== 0) {
    return fault(
      "Usage is never negative. To take some back, void or replace the event by its key.",
    );
  }
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return fault('Send a plain decimal such as 12 or "12.5".');
  const [whole, decimals = ""] = plainDecimal(`${match[1]}.${match[2] ?? "0"}`).split(".");
  if (whole!.length > 15) return fault("Up to 15 digits before the point are counted.");
  if (decimals.length > 12) return fault("Up to 12 decimals are counted.");
  return decimals ? `${whole}.${decimals}` : whole!;
}

/** A number's decimal; null where JSON's reading of it may have lost digits. */
function textOf(sent: number): string | null {
  if (Math.abs(sent) > Number.MAX_SAFE_INTEGER) return null;
  const shortest = String(sent);
  const digits = shortest.replace(/e.*$/, "").replace(/\D/g, "").replace(/^0+/, "");
  if (digits.length > 15 && !Number.isInteger(sent)) return null;
  return shortest.includes("e") ? sent.toFixed(20).replace(/0+$/, "") : shortest;
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Its milliseconds; not a number where it names no instant, such as the 30th of February. */
function msOf(sent: string): number {
  if (!rfc3339.test(sent)) return Number.NaN;
  const day = Number(sent.slice(8, 10));
  const isDay = day <= 28 || day <= daysIn(Number(sent.slice(0, 4)), Number(sent.slice(5, 7)));
  return isDay ? Date.parse(sent.toUpperCase()) : Number.NaN;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function readInstant(sent: string | undefined, { now, lateDays }: ReadOptions): string | Fault {
  if (sent === undefined) return now.toISOString();
  const fault = (detail: string): Fault => ({ field: "at", detail });
  const ms = msOf(sent);
  if (Number.isNaN(ms)) return fault("Send a time with its zone: 2026-11-21T09:30:00Z.");
  if (ms > now.getTime() + aheadMs) {
    return fault(
      "It lies more than five minutes ahead. Check your clock, and send it when it was.",
    );
  }
  if (ms < now.getTime() - lateDays * dayMs) {
    const detail = `It is more than ${lateDays} days old; its bill is closed. Ask us to credit it.`;
    return fault(detail);
  }
  return new Date(ms).toISOString();
}
