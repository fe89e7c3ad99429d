import { html } from "hono/html";
import { objectHref, type Place } from "#sandbox/console/place";
import { exactText, plainWords, spanText, stampText } from "#sandbox/console/words";

/** A piece of HTML, with everything put into it escaped. */
export type Html = ReturnType<typeof html>;

/** What may stand in a cell. */
export type Cell = Html | string | number;

/** One column of a table. */
export interface Column {
  head: string;
  align?: "end";
}

/** A table that can be scrolled by itself, or what to say when there is nothing in it. */
export function table(of: {
  caption: string;
  columns: readonly (Column | string)[];
  rows: readonly (readonly Cell[] | Html)[];
  empty: Html | string;
  id?: string;
}): Html {
  if (of.rows.length === 0 && of.id === undefined) return html`<p class="empty">${of.empty}</p>`;
  const columns = of.columns.map((each) => (typeof each === "string" ? { head: each } : each));
  const ends = columns.map((each) => ("align" in each ? "end" : ""));
  return html`<div class="scroll" role="group" aria-label="${of.caption}" tabindex="0">
    <table>
      <caption class="unseen">${of.caption}</caption>
      <thead><tr>
        ${columns.map(({ head }, place) => {
          // Over a column of buttons there is nothing to say.
          if (head === "") return html`<td></td>`;
          return html`<th scope="col" class="${ends[place] ?? ""}">${head}</th>`;
        })}
      </tr></thead>
      <tbody ${of.id === undefined ? "" : html`id="${of.id}"`}>${of.rows.map((row) => {
        return Array.isArray(row) ? tableRow(row as Cell[], ends) : (row as Html);
      })}</tbody>
    </table>
    ${of.rows.length === 0 ? html`<p class="empty" data-empty>${of.empty}</p>` : ""}
  </div>`;
}

function tableRow(cells: readonly Cell[], ends: readonly string[]): Html {
  return html`<tr>
    ${cells.map((cell, place) => html`<td class="${ends[place] ?? ""}">${cell}</td>`)}
  </tr>`;
}

/** A part of a page with a name, a remark beside it and what it leads to. */
export function panel(
  title: string,
  body: Html | Html[],
  about: { note?: Html | string; more?: Html | undefined; id?: string } = {},
): Html {
  const id = about.id ?? `part-${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  return html`<section class="panel" aria-labelledby="${id}">
    <header>
      <h2 id="${id}">${title}</h2>
      ${about.note === undefined ? "" : html`<p class="note">${about.note}</p>`}
      ${about.more === undefined ? "" : html`<p class="more">${about.more}</p>`}
    </header>
    ${body}
  </section>`;
}

/** The head of a page. */
export function heading(title: Html | string, note: Html | string, side: Html | string = ""): Html {
  return html`<div class="heading">
    <div><h1>${title}</h1><p class="note">${note}</p></div>
    ${side === "" ? "" : html`<div class="side">${side}</div>`}
  </div>`;
}

const tones: Record<string, readonly string[]> = {
  good: [
    ...["active", "paid", "succeeded", "complete", "completed", "available", "delivered"],
    ...["enabled", "won", "open account", "verified", "ready", "issued", "applied", "ok"],
    ...["charges on", "payouts on"],
  ],
  bad: [
    ...["failed", "canceled", "lost", "past_due", "unpaid", "uncollectible", "incomplete_expired"],
    ...["needs_response", "warning_needs_response", "restricted", "requires_payment_method"],
    ...["payment_failed", "refused", "past due", "failing", "error", "overdue", "dropped"],
  ],
  wait: [
    ...["pending", "open", "incomplete", "trialing", "processing", "in_transit", "under_review"],
    ...["warning_under_review", "requires_action", "requires_confirmation", "requires_capture"],
    ...["held", "advancing", "currently due", "paused", "trying again", "moved", "slow"],
    ...["requires_location_inputs", "not_started", "eventually due"],
  ],
};
const shapes: Record<string, string> = { good: "●", bad: "▲", wait: "◐", off: "○" };

/** A state by its word and a shape; the colour only repeats them. */
export function state(word: string | null | undefined): Html | string {
  if (word === null || word === undefined || word === "") return "";
  const tone = Object.keys(tones).find((each) => tones[each]?.includes(word)) ?? "off";
  return html`<span class="state ${tone}"><span aria-hidden="true">${shapes[tone]}</span>
    ${plainWords(word)}</span>`;
}

/** The state an HTTP status stands for. */
export function httpState(status: number | null): Html {
  const tone = status === null ? "bad" : status < 300 ? "good" : status < 500 ? "wait" : "bad";
  return html`<span class="state ${tone}"><span aria-hidden="true">${shapes[tone]}</span>
    ${status ?? "no answer"}</span>`;
}

/** An instant, with the exact one at hand. */
export function stamp(place: Place, unix: number | null | undefined): Html | string {
  if (unix === null || unix === undefined || !Number.isFinite(unix)) return "";
  const at = new Date(unix * 1000).toISOString();
  const text = stampText(unix, place.world.now());
  return html`<time datetime="${at}" title="${exactText(unix)}">${text}</time>`;
}

/** How long ago or how soon an instant is, in the world's own time. */
export function ago(place: Place, unix: number, now = place.world.now()): Html {
  const text = unix > now ? `in ${spanText(unix - now)}` : `${spanText(now - unix)} ago`;
  const at = new Date(unix * 1000).toISOString();
  return html`<time datetime="${at}" title="${exactText(unix)}">${text}</time>`;
}

/** An id that leads to its object; long ones keep their ends, which is what tells them apart. */
export function idLink(place: Place, id: string | null | undefined, account?: string): Html {
  if (id === null || id === undefined || id === "") return html``;
  const to = objectHref(place, id, account);
  return html`<a class="id" href="${to}" title="${id}">${short(id)}</a>`;
}

/** A text that a press copies. */
export function copied(text: string): Html {
  return html`<button class="copy mono" type="button" data-copy="${text}">${text}</button>`;
}

/** An id as a column shows it. */
export function short(id: string): string {
  return id.length > 20 ? `${id.slice(0, 11)}…${id.slice(-6)}` : id;
}
