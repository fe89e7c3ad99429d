import { html } from "hono/html";
import { admin } from "#sandbox/console/act";
import { deliveryTable, deliveryView, doneWords, retryForm } from "#sandbox/console/delivery";
import { endpointsPanel } from "#sandbox/console/endpoints";
import { actForm, control, hidden, sameAccount } from "#sandbox/console/form";
import { pager } from "#sandbox/console/objects";
import { type Html, heading, panel, state } from "#sandbox/console/parts";
import { href, type Place, samePage } from "#sandbox/console/place";
import {
  countFailing,
  countIn,
  deliveriesOf,
  deliveryStates,
  findDelivery,
} from "#sandbox/console/read-deliveries";
import { afterwards, missingPage, send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { worldPage } from "#sandbox/console/shell";
import { countText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import { tryNow } from "#sandbox/webhooks/outbox";

const pageSize = 50;

/** What was sent to whom, how it was answered, and sending it again. */
export const deliveryPages: WorldPages = {
  "GET /deliveries": (context, place) =>
    send(context, worldPage(place, "Deliveries", deliveriesView(place))),
  "GET /deliveries/:sequence": (context, place) => {
    const found = findDelivery(place, Number(context.req.param("sequence")));
    if (found === undefined) return missingPage(context, place, "There is no such delivery.");
    return send(context, worldPage(place, "Delivery", deliveryView(place, found)));
  },
  "POST /deliveries/replay": async (context, place) => {
    const { event = "" } = await sentBy(context);
    const outcome = await runCall(place, admin("POST /deliveries/replay", { event }));
    return afterwards(context, place, outcome, href(place, "/deliveries", { done: "replay" }));
  },
  "POST /deliveries/retry": async (context, place) => {
    const { delivery = "" } = await sentBy(context);
    const failing = deliveriesOf(place, { state: "failing", limit: 10_000 });
    const chosen = failing.filter(
      ({ sequence }) => delivery === "" || String(sequence) === delivery,
    );
    tryNow(
      place.engine.database,
      chosen.map(({ sequence }) => sequence),
    );
    await attempted(place);
    const path = delivery === "" ? "/deliveries" : `/deliveries/${delivery}`;
    return context.redirect(href(place, path, { done: "retry" }), 303);
  },
  "POST /deliveries/hold": async (context, place) => {
    const outcome = await runCall(place, admin("POST /webhooks/hold"));
    return afterwards(context, place, outcome, href(place, "/deliveries"));
  },
  "POST /deliveries/release": async (context, place) => {
    const { order, duplicate } = await sentBy(context);
    const call = admin("POST /webhooks/release", { order, duplicate: duplicate === "true" });
    const outcome = await runCall(place, call);
    return afterwards(context, place, outcome, href(place, "/deliveries", { done: "release" }));
  },
};

function deliveriesView(place: Place): Html {
  const { searchParams } = place.url;
  const wanted = searchParams.get("state") ?? "";
  const before = searchParams.get("before") ?? "";
  const endpoint = searchParams.get("endpoint") ?? "";
  const found = deliveriesOf(place, {
    ...(wanted === "" ? {} : { state: wanted }),
    ...(endpoint === "" ? {} : { endpoint }),
    ...(/^\d+$/.test(before) ? { before: Number(before) } : {}),
    limit: pageSize + 1,
  });
  const failing = countFailing(place);
  const said = doneWords[searchParams.get("done") ?? ""];
  const older = found.length > pageSize ? found[pageSize - 1]?.sequence : undefined;
  return html`
    ${heading(
      "Deliveries",
      `${countText(failing, "delivery", "deliveries")} failing, ${countIn(place, "held")} held. ` +
        "Deliveries run in real time, even when the world's time is moved.",
      failing === 0 ? "" : retryForm(place, "", `Try all ${failing} failing again`),
    )}
    ${said === undefined ? "" : html`<p class="said" role="status">${said}</p>`}
    ${endpointsPanel(place)}
    ${holdingPanel(place)}
    ${filterForm(place, wanted, endpoint)}
    ${deliveryTable(
      place,
      found.slice(0, pageSize),
      wanted === "" ? "Nothing was sent yet. Add an endpoint, and make something happen." : "None.",
    )}
    ${pager(place, undefined, older)}`;
}

function filterForm(place: Place, wanted: string, endpoint: string): Html {
  const choices = [["", "any"] as const, ...deliveryStates.map((each) => [each, each] as const)];
  return html`<form class="filters" action="${href(place, "/deliveries")}">
    ${sameAccount(place)}
    ${control({ name: "state", label: "State", kind: "choice", value: wanted, choices }, "filter")}
    ${
      endpoint === ""
        ? ""
        : html`${control(hidden("endpoint", endpoint), "filter")}
            <span>To <span class="mono">${endpoint}</span> alone</span>
            <a href="${samePage(place, { endpoint: "", before: "" })}">To all</a>`
    }
    <button class="button quiet" data-needless>Filter</button>
  </form>`;
}

function holdingPanel(place: Place): Html {
  const held = countIn(place, "held");
  if (!place.namespace.isHolding && held === 0) {
    return panel(
      "Hold deliveries",
      actForm({
        action: href(place, "/deliveries/hold"),
        button: "Hold from now on",
        effect:
          "Collects deliveries instead of sending them, to release them out of order or twice.",
        scope: "hold",
        isInline: true,
      }),
    );
  }
  return panel(
    "Held deliveries",
    actForm({
      action: href(place, "/deliveries/release"),
      button: `Release ${countText(held, "delivery", "deliveries")}`,
      effect: "Sends them one after the other and goes back to sending at once.",
      scope: "release",
      fields: [
        {
          ...{ name: "order", label: "Order", kind: "choice" as const },
          choices: [
            ["created", "as they happened"],
            ["reverse", "the other way round"],
            ["shuffle", "shuffled"],
          ],
        },
        { name: "duplicate", label: "Each of them twice", kind: "check" },
      ],
    }),
    { note: state("held") },
  );
}

/** Resolves when what is due has been sent, so that the page that follows shows how it went. */
async function attempted({ engine, namespace }: Place): Promise<void> {
  engine.deliverer.wake();
  await new Promise((resolve) => setImmediate(resolve));
  await engine.deliverer.settle(namespace.name);
}
