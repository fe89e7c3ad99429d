import { html } from "hono/html";
import { money } from "#sandbox/billing/lines";
import { type Act, allows, linkTo, type Visit } from "#sandbox/embedded/component";
import type { Html } from "#sandbox/pages/layout";

/** Anything that can stand in a cell. */
export type Cell = Html | Promise<Html> | string;

/** A column: what it is called, and whether it holds figures. */
export interface Column<T> {
  header: string;
  isNumber?: true;
  cell(row: T): Cell;
}

/** A table with its name for who cannot see it, or a sentence where there is nothing. */
export function table<T>(
  caption: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
  empty: string,
): Cell {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="wide" role="group" aria-label="${caption}" tabindex="0">
    <table>
      <caption>${caption}</caption>
      <thead><tr>
        ${columns.map(
          ({ header, isNumber }) =>
            html`<th scope="col" class="${isNumber ? "num" : ""}">${header}</th>`,
        )}
      </tr></thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            ${columns.map(
              ({ cell, isNumber }) => html`<td class="${isNumber ? "num" : ""}">${cell(row)}</td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Facts by name; those that are not there are left out. */
export function facts(pairs: readonly (readonly [string, Cell | null | undefined])[]): Cell {
  return html`<dl>
    ${pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
  </dl>`;
}

const tones: Record<string, "good" | "bad" | "wait"> = {
  ...{ active: "good", paid: "good", posted: "good", Succeeded: "good", won: "good" },
  ...{ Failed: "bad", failed: "bad", Disputed: "bad", lost: "bad", past_due: "bad" },
  ...{ needs_response: "bad", warning_needs_response: "bad", canceled: "bad", overdue: "bad" },
  ...{ pending: "wait", in_transit: "wait", Uncaptured: "wait", Pending: "wait" },
  ...{
    declined: "bad",
    under_review: "wait",
    currently_due: "wait",
    inactive: "wait",
    frozen: "wait",
    open: "good",
  },
};

/** A state, by a word and a shape. */
export function state(word: string): Cell {
  const shown = word.replaceAll("_", " ");
  const text = `${shown[0]?.toUpperCase()}${shown.slice(1)}`;
  return html`<span class="state ${tones[word] ?? ""}">${text}</span>`;
}

/** An amount with its currency. */
export function amount(minor: number, currency: string): string {
  return `${money(minor, currency)} ${currency.toUpperCase()}`;
}

/** A moment, in UTC. */
export function moment(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "";
  const options = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Date(seconds * 1000).toLocaleString("en-GB", options)} UTC`;
}

/** A day, in UTC. */
export function day(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "";
  return new Date(seconds * 1000).toLocaleDateString("en-GB", {
    ...{ dateStyle: "medium", timeZone: "UTC" },
  });
}

/** A labelled field of a form. */
export function field(
  name: string,
  label: string,
  more: { value?: string; type?: string; isOptional?: true; hint?: string; accept?: string } = {},
): Cell {
  const { value = "", type = "text", isOptional, hint } = more;
  const about = hint === undefined ? "" : html`<span class="soft" id="${name}-hint">${hint}</span>`;
  const rest = html`${isOptional ? "" : "required"}${
    hint === undefined ? "" : html` aria-describedby="${name}-hint"`
  }`;
  return html`<div class="field">
    <label for="${name}">${label}${isOptional ? " (optional)" : ""}</label>
    ${
      type === "textarea"
        ? html`<textarea id="${name}" name="${name}" ${rest}>${value}</textarea>`
        : html`<input id="${name}" name="${name}" type="${type}" value="${value}"
            autocomplete="off" ${rest}
            ${type === "number" ? html`step="any" min="0"` : ""} />`
    }
    ${about}
  </div>`;
}

/** A choice among a few. */
export function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen = "",
): Cell {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(
        ([value, text]) =>
          html`<option value="${value}" ${value === chosen ? "selected" : ""}>${text}</option>`,
      )}
    </select>
  </div>`;
}

/** A form that does one act, if the session allows it. What it costs is said inside it. */
export function actForm(
  visit: Visit,
  name: string,
  act: Act,
  content: { fields?: Cell; label: string; tone?: "danger" | "quiet"; opener?: string },
): Cell {
  if (!allows(visit, act.feature)) return "";
  const { fields = "", label, tone = "", opener } = content;
  const form = html`<form method="post" action="${linkTo(visit, { act: name })}">
    ${fields}
    <button type="submit" class="${tone}">${label}</button>
  </form>`;
  if (opener === undefined) return form;
  return html`<details><summary class="button quiet">${opener}</summary>${form}</details>`;
}

/** Ways to newer and older rows. */
export function pager(visit: Visit, page: { older: string | null; isFirst: boolean }): Cell {
  if (page.older === null && page.isFirst) return "";
  return html`<nav class="actions" aria-label="Pages">
    ${page.isFirst ? "" : html`<a href="${linkTo(visit, { after: null })}">Newest</a>`}
    ${page.older === null ? "" : html`<a href="${linkTo(visit, { after: page.older })}">Older</a>`}
  </nav>`;
}
