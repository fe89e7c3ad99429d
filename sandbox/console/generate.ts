import { html } from "hono/html";
import { adminCalls } from "#sandbox/admin/calls";
import { admin } from "#sandbox/console/act";
import { actForm, type Field } from "#sandbox/console/form";
import { type Html, panel } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { plainWords } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";

const call = "POST /generate";

/** Making a believable world of an empty one, as far as this local Stripe has a generator. */
export const generatePages: WorldPages = {
  "POST /generate": async (context, place) => {
    const sent = await sentBy(context);
    const { name, now } = { name: place.namespace.name, now: place.namespace.clock.now() };
    const body = Object.fromEntries(
      Object.entries(sent)
        .filter(([, value]) => value !== "")
        .map(([key, value]) => [key, /^-?\d+$/.test(value) ? Number(value) : value]),
    );
    const about = { what: "Making a world", from: now, to: now };
    await place.moves.begin(name, about, async () => {
      const outcome = await runCall(place, admin(call, body));
      if (!outcome.isDone) throw new Error(outcome.message);
      return 0;
    });
    return context.redirect(href(place, "/clock"), 303);
  },
};

/** Whether this local Stripe can fill a world. */
export function hasGenerator(): boolean {
  return adminCalls[call] !== undefined;
}

/** The form that fills a world, on its own page. */
export function generatorForm(place: Place): Html {
  const known = adminCalls[call];
  if (known === undefined) return html``;
  const fields = Object.keys(known.params).map((name): Field => {
    const words = plainWords(name);
    return { name, label: words.charAt(0).toUpperCase() + words.slice(1) };
  });
  return panel(
    "Fill this world",
    actForm({
      ...{ action: href(place, "/generate"), button: "Make it", scope: "generate", fields },
      effect:
        "Runs a platform's history through the real handlers under a moving clock: tenants, " +
        "plans, payments, refunds, disputes and payouts. The world's time ends later.",
    }),
  );
}
