import { html } from "hono/html";
import { allKinds } from "#sandbox/console/kind-groups";
import type { Html } from "#sandbox/console/parts";
import { objectHref, type Place } from "#sandbox/console/place";
import { exactText } from "#sandbox/console/words";
import { isObject } from "#sandbox/store/views";

/** JSON as it is, with every id of this world a link to its object, and times said beside numbers.
 *  Names in `marked` are those whose values changed. */
export function jsonView(place: Place, value: unknown, marked: readonly string[] = []): Html {
  const owners = ownersOf(place, value);
  const view = { place, owners, marked: new Set(marked) };
  return html`<pre class="json" tabindex="0" role="group" aria-label="JSON"><code>${valueView(
    view,
    value,
    "",
    "",
  )}</code></pre>`;
}

interface View {
  place: Place;
  owners: Map<string, string>;
  marked: Set<string>;
}

function valueView(view: View, value: unknown, name: string, indent: string): Html {
  if (Array.isArray(value)) {
    if (value.length === 0) return html`[]`;
    const lines = value.map((each) => valueView(view, each, name, `${indent}  `));
    return html`[${lines.map((line, place) => {
      return html`\n${indent}  ${line}${place < lines.length - 1 ? "," : ""}`;
    })}\n${indent}]`;
  }
  if (!isObject(value)) return scalarView(view, value, name);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) return html`{}`;
  return html`{${entries.map(([field, each], place) => {
    const isMarked = indent === "" && view.marked.has(field);
    const key = html`<span class="key">"${field}"</span>`;
    const inner = valueView(view, each, field, `${indent}  `);
    const end = place < entries.length - 1 ? "," : "";
    const line = html`${key}: ${inner}${end}`;
    return html`\n${indent}  ${isMarked ? html`<mark>${line}</mark>` : line}`;
  })}\n${indent}}`;
}

function scalarView({ place, owners }: View, value: unknown, name: string): Html {
  if (typeof value === "string") {
    const owner = owners.get(value);
    if (owner !== undefined) {
      return html`"<a class="id" href="${objectHref(place, value, owner)}">${value}</a>"`;
    }
    return html`<span class="string">${JSON.stringify(value)}</span>`;
  }
  const text = String(value);
  if (typeof value === "number" && isInstant(name, value)) {
    return html`<span class="number" title="${exactText(value)}">${text}</span>`;
  }
  return html`<span class="${typeof value === "number" ? "number" : "word"}">${text}</span>`;
}

// Unix seconds between 2001 and 2100, in a field that is not an amount.
function isInstant(name: string, value: number): boolean {
  return value > 1e9 && value < 4.1e9 && !/amount|total|quantity|balance/.test(name);
}

/** Which account each id in a value belongs to: this one, the platform, or one it names. */
function ownersOf(place: Place, value: unknown): Map<string, string> {
  const ids = new Set<string>();
  collect(value, ids);
  const platform = place.namespace.account;
  const accounts = new Set([place.account, platform]);
  for (const id of ids) if (id.startsWith("acct_")) accounts.add(id);
  const owners = new Map<string, string>();
  const owned = findOwners(place, [...accounts], [...ids]);
  for (const { id, account } of owned) {
    if (!owners.has(id) || account === place.account) owners.set(id, account);
  }
  return owners;
}

function findOwners(place: Place, accounts: string[], ids: string[]) {
  const list = (values: readonly string[]) => JSON.stringify(values);
  const rows = place.engine.database.all(
    "SELECT id, account FROM objects WHERE namespace = ? " +
      "AND account IN (SELECT value FROM json_each(?)) AND id IN (SELECT value FROM json_each(?))",
    ...[place.namespace.name, list(accounts), list(ids)],
  );
  return rows.map(({ id, account }) => ({ id: String(id), account: String(account) }));
}

function collect(value: unknown, ids: Set<string>): void {
  if (typeof value === "string") {
    if (looksLikeId(value)) ids.add(value);
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, ids);
  } else if (isObject(value)) {
    for (const each of Object.values(value)) collect(each, ids);
  }
}

/* Ids of one's own, such as a coupon's, have no prefix; words of Stripe's are never objects. */
function looksLikeId(value: string): boolean {
  return value.length >= 3 && value.length <= 100 && /^[\w.-]+$/.test(value) && !isWord(value);
}

function isWord(value: string): boolean {
  return value === "settings" || (allKinds as string[]).includes(value);
}
