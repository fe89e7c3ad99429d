import { html } from "hono/html";
import { periodEnd } from "#sandbox/money/calendar";
import { dayOf } from "#sandbox/pages/days";
import { choiceView } from "#sandbox/pages/field";
import type { Html } from "#sandbox/pages/layout";
import type { Act, Portal } from "#sandbox/pages/portal-acts";
import { get } from "#sandbox/protocol/route";
import { pauseSubscription, resumeSubscription } from "#sandbox/resources/subscription-pause";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Duration = Portal["configuration"]["features"]["subscription_pause"]["duration"];

/** The question before a pause: for how long, where that is limited. */
export function pauseFields(
  { configuration }: Portal,
  subscription: ObjectOf<"subscription">,
  error: string | undefined,
): Html | Promise<Html> {
  const { duration } = configuration.features.subscription_pause;
  const options = lengthsOf(duration);
  const [first] = options;
  return html`<input type="hidden" name="subscription" value="${subscription.id}" />
    ${error === undefined ? "" : html`<p class="alert" role="alert">${error}</p>`}
    <p>
      ${
        options.length === 0
          ? "Nothing is billed until you resume it."
          : "Nothing is billed until it goes on by itself, or you resume it."
      }
    </p>
    ${first === undefined ? "" : choiceView("length", "Pause for", options, first.value)}
    <button class="button" type="submit">Pause plan</button>`;
}

/** Pauses a plan, and plans its end where its length is limited. */
export function pausePlan(
  world: World,
  { configuration }: Portal,
  row: Row<"subscription">,
  length: string,
): Act {
  const { duration } = configuration.features.subscription_pause;
  const options = duration?.interval_options ?? [];
  const chosen = options.find((option) => keyOf(option) === length) ?? options[0];
  pauseSubscription(world, row, {});
  if (duration?.type !== "interval_options" || chosen === undefined) {
    return { done: "Your plan is paused." };
  }
  const every = { interval: chosen.interval, interval_count: chosen.interval_count ?? 1 };
  const at = periodEnd(world.now(), every, 1);
  world.schedule("subscription.resume", row.object.id, at);
  return { done: `Your plan is paused until ${dayOf(at)}.` };
}

/** Goes on with a plan that is paused. */
export function resumePlan(world: World, row: Row<"subscription">): Act {
  resumeSubscription(world, row, {});
  const { status } = get(world, "subscription", row.object.id).object;
  if (status === "paused") return { error: "The payment failed, so your plan stays paused." };
  return { done: "Your plan goes on." };
}

function lengthsOf(duration: Duration): { value: string; text: string }[] {
  if (duration?.type !== "interval_options") return [];
  return (duration.interval_options ?? []).map((option) => {
    const { interval, interval_count: count = 1 } = option;
    const text = (count ?? 1) === 1 ? `1 ${interval}` : `${count} ${interval}s`;
    return { value: keyOf(option), text };
  });
}

function keyOf({
  interval,
  interval_count: count,
}: {
  interval: string;
  interval_count?: number | null;
}) {
  return `${count ?? 1}-${interval}`;
}
