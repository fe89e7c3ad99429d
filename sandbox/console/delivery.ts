import { html } from "hono/html";
import { realNowMs } from "#sandbox/clock";
import { actForm, hidden } from "#sandbox/console/form";
import { jsonView } from "#sandbox/console/json-view";
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
import { type Delivery, standingOf } from "#sandbox/console/read-deliveries";
import { spanText } from "#sandbox/console/words";
import { attemptsOf } from "#sandbox/webhooks/outbox";

/** What is said after an act on deliveries. */
export const doneWords: Record<string, string> = {
  replay: "The event is on its way again, to every endpoint it was for.",
  retry: "Tried again. What is still failing is below.",
  release: "Everything held was sent.",
};

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

/** A button that tries one delivery again, or all that fail. */
export function retryForm(place: Place, delivery: string, button: string): Html {
  const fields =
    delivery === ""
      ? []
      : [{ name: "delivery", label: "", kind: "hidden" as const, value: delivery }];
  const action = href(place, "/deliveries/retry");
  return actForm({ action, fields, button, scope: "retry", isInline: true });
}

function replayForm(place: Place, { event, state: standing }: Delivery): Html | string {
  if (standing !== "delivered") return "";
  const action = href(place, "/deliveries/replay");
  const fields = [hidden("event", event)];
  return actForm({ action, fields, button: "Send it again", scope: "replay", isInline: true });
}

/** One delivery: every attempt, and what is sent. */
export function deliveryView(place: Place, delivery: Delivery): Html {
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
        : replayForm(place, delivery),
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
