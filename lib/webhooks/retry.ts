import type { Outcome } from "#lib/webhooks/send-request";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** How long after each failure the next try comes. The first try comes at once. */
export const retryDelaysMs = [
  ...[5 * secondMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs],
  ...[10 * hourMs, 14 * hourMs, 20 * hourMs, 24 * hourMs],
] as const;

/** Nothing but failures for this long turns an endpoint off. */
export const failingLimitMs = 5 * 24 * hourMs;

export type Step =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry"; readonly at: Date }
  | { readonly kind: "exhausted" }
  | { readonly kind: "gone" };

/**
 * What follows from a try. `attempt` counts from one. Jitter only ever adds, so that no try comes
 * before its time; what the receiver asks for with Retry-After is granted, for up to a day.
 */
export function nextStep(attempt: number, outcome: Outcome, now: Date, random: number): Step {
  const { status } = outcome;
  if (status !== null && status >= 200 && status < 300) return { kind: "delivered" };
  if (status === 410) return { kind: "gone" };
  const delayMs = retryDelaysMs[attempt - 1];
  if (delayMs === undefined) return { kind: "exhausted" };
  const askedMs = status === 429 || status === 503 ? readRetryAfter(outcome.retryAfter, now) : 0;
  const waitMs = Math.max(delayMs * (1 + random / 10), Math.min(askedMs, 24 * hourMs));
  return { kind: "retry", at: new Date(now.getTime() + Math.round(waitMs)) };
}

/** True where an endpoint that fails without a break since then is to be turned off. */
export function hasFailedTooLong(failingSince: Date | null, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() >= failingLimitMs;
}

/** Seconds, or a date; what is neither asks for nothing. */
function readRetryAfter(header: string | null, now: Date): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header.trim())) return Number(header) * secondMs;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
