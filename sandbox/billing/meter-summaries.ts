import { usageOf } from "#sandbox/billing/usage";
import { formatDecimal } from "#sandbox/money/rational";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const windows = { hour: 3600, day: 86_400 };
export type Window = keyof typeof windows;
const minute = 60;

/** What a meter counted for a customer, in one sum or by the hour or day, newest first. Windows in
 *  which nothing was counted are left out. */
export function summariesOf(
  world: World,
  meter: ObjectOf<"billing.meter">,
  customer: string,
  range: { start: number; end: number },
  window: Window | undefined,
) {
  checkRange(range, window);
  const step = window === undefined ? range.end - range.start : windows[window];
  const starts: number[] = [];
  for (let at = range.start; at < range.end; at += step) starts.push(at);
  return starts
    .map((start) => ({ start, end: Math.min(start + step, range.end) }))
    .map((period) => ({ period, value: usageOf(world, meter, customer, period) }))
    .filter(({ value }) => window === undefined || value.over !== 0n)
    .reverse()
    .map(({ period, value }) => ({
      id: `mtrusg_test_${meter.id.slice(-8)}${period.start}${period.end}`,
      object: "billing.meter_event_summary",
      aggregated_value: Number(formatDecimal(value)),
      end_time: period.end,
      livemode: false,
      meter: meter.id,
      start_time: period.start,
    }));
}

function checkRange(range: { start: number; end: number }, window: Window | undefined): void {
  const grid = window === undefined ? minute : windows[window];
  const ends = [
    ["start_time", range.start],
    ["end_time", range.end],
  ] as const;
  for (const [param, at] of ends) {
    if (at % grid === 0) continue;
    const unit = window ?? "minute";
    throw invalidRequest(`\`${param}\` must be aligned to ${unit} boundaries.`, undefined, param);
  }
  if (range.end > range.start) return;
  throw invalidRequest("`end_time` must be after `start_time`.", undefined, "end_time");
}
