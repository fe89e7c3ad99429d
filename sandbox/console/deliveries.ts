import { html } from "hono/html";
import { realNowMs } from "#sandbox/clock";
import { admin } from "#sandbox/console/act";
import { endpointsPanel } from "#sandbox/console/endpoints";
import { actForm, control, sameAccount } from "#sandbox/console/form";
import { jsonView } from "#sandbox/console/json-view";
import { pager } from "#sandbox/console/objects";
import {
  type Html,
  heading,
  httpState,
  idLink,
  panel,
  short,
  stamp,
  state,
  table,
} from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import {
  countFailing,
  countIn,
  type Delivery,
  deliveriesOf,
  deliveryStates,
  findDelivery,
  standingOf,
} from "#sandbox/console/read-deliveries";
import { afterwards, missingPage, send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { worldPage } from "#sandbox/console/shell";
import { countText, spanText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import { attemptsOf, tryNow } from "#sandbox/webhooks/outbox";

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
    await place.engine.deliverer.settle(place.namespace.name);
    place.engine.deliverer.wake();
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

const doneWords: Record<string, string> = {
  replay: "The event is on its way again, to every endpoint it was for.",
  retry: "Tried again. What is still failing is below.",
  release: "Everything held was sent.",
};

function deliveriesView(place: Place): Html {
  const { searchParams } = place.url;
  const wanted = searchParams.get("state") ?? "";
  const before = searchParams.get("before") ?? "";
  const found = deliveriesOf(place, {
    ...(wanted === "" ? {} : { state: wanted }),
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
    ${filterForm(place, wanted)}
    ${deliveryTable(
      place,
      found.slice(0, pageSize),
      wanted === "" ? "Nothing was sent yet. Add an endpoint, and make something happen." : "None.",
    )}
    ${pager(place, undefined, older)}`;
}

function filterForm(place: Place, wanted: string): Html {
  const choices = [["", "any"] as const, ...deliveryStates.map((each) => [each, each] as const)];
  return html`<form class="filters" action="${href(place, "/deliveries")}">
    ${sameAccount(place)}
    ${control({ name: "state", label: "State", kind: "choice", value: wanted, choices }, "filter")}
    <button class="button quiet" data-needless>Filter</button>
  </form>`;
}

/** Deliveries as a table. */
export function deliveryTable(
  place: Place,
  found: readonly Delivery[],
  empty: string,
  isOfOneEvent = false,
): Html {
  return table({
    caption: "Deliveries",
    columns: [
      isOfOneEvent ? "Delivery" : "Type",
      ...(isOfOneEvent ? [] : ["Event"]),
      "Endpoint",
      "State",
      "Answer",
      { head: "Attempts", align: "end" },
      "Next try",
    ],
    rows: found.map((each) => [
      html`<a class="strong" href="${href(place, `/deliveries/${each.sequence}`)}"
        >${each.type}</a>`,
      ...(isOfOneEvent
        ? []
        : [
            html`<a class="id" href="${href(place, `/events/${each.event}`)}"
              >${short(each.event)}</a>`,
          ]),
      idLink(place, each.endpoint, place.namespace.account),
      state(standingOf(each)),
      each.attempts === 0 ? "" : httpState(each.status),
      each.attempts,
      nextTry(each),
    ]),
    empty,
  });
}

function nextTry(delivery: Delivery): string {
  if (delivery.state !== "pending") return "";
  const seconds = Math.ceil((delivery.nextAttemptMs - realNowMs()) / 1000);
  return seconds <= 0 ? "now" : `in ${spanText(seconds)}`;
}

function retryForm(place: Place, delivery: string, button: string): Html {
  const fields =
    delivery === ""
      ? []
      : [{ name: "delivery", label: "", kind: "hidden" as const, value: delivery }];
  const action = href(place, "/deliveries/retry");
  return actForm({ action, fields, button, scope: "retry", isInline: true });
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

function deliveryView(place: Place, delivery: Delivery): Html {
  const attempts = attemptsOf(place.engine.database, delivery.sequence);
  const said = doneWords[place.url.searchParams.get("done") ?? ""];
  const isFailing = delivery.state !== "delivered" && delivery.attempts > 0;
  return html`
    ${heading(
      html`${delivery.type} ${state(standingOf(delivery))}`,
      html`<a class="id" href="${href(place, `/events/${delivery.event}`)}">${delivery.event}</a>
        to ${idLink(place, delivery.endpoint, place.namespace.account)}
        ${nextTry(delivery) === "" ? "" : `next try ${nextTry(delivery)}`}`,
      isFailing && delivery.state !== "held"
        ? retryForm(place, String(delivery.sequence), "Try again now")
        : "",
    )}
    ${said === undefined ? "" : html`<p class="said" role="status">${said}</p>`}
    ${panel(
      "Attempts",
      table({
        caption: "Attempts",
        columns: ["When (real time)", "Answer", "What went wrong", "What the endpoint said"],
        rows: attempts.map((attempt) => [
          stamp(place, Number(attempt.at_ms) / 1000),
          httpState(attempt.status === null ? null : Number(attempt.status)),
          String(attempt.error ?? ""),
          html`<code>${String(attempt.response ?? "").slice(0, 400)}</code>`,
        ]),
        empty: "It was not tried yet.",
      }),
    )}
    ${panel("What is sent", jsonView(place, JSON.parse(delivery.body)))}`;
}
