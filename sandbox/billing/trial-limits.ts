import { invalidRequest } from "#sandbox/protocol/errors";
import type { World } from "#sandbox/world/world";

const year = 31_557_600;
const mostDays = 730;

/** Stripe plans no further ahead than five years. */
export function checkNear(world: World, instant: number | undefined, param: string): void {
  if (instant === undefined || instant <= world.now() + 5 * year) return;
  const message = "Invalid timestamp: can be no more than five years in the future.";
  throw invalidRequest(message, undefined, param);
}

/** Whether a trial lasts no longer than Stripe allows, however its end was named. */
export function checkTrial(
  world: World,
  {
    trial_end: end,
    trial_period_days: days = 0,
  }: { trial_end?: unknown; trial_period_days?: number },
  within?: string,
): void {
  const path = (name: string) => (within === undefined ? name : `${within}[${name}]`);
  if (typeof end === "number") checkNear(world, end, path("trial_end"));
  const length = typeof end === "number" ? (end - world.now()) / 86_400 : days;
  if (length <= mostDays) return;
  const message = `The maximum number of trial period days is ${mostDays} (2 years).`;
  const param = path(typeof end === "number" ? "trial_end" : "trial_period_days");
  throw invalidRequest(message, undefined, param);
}
