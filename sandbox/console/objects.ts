import { html } from "hono/html";
import { cellsFor, columnsFor } from "#sandbox/console/columns";
import { control, sameAccount } from "#sandbox/console/form";
import { isKind, kindGroups, titleOf } from "#sandbox/console/kind-groups";
import { countsOf } from "#sandbox/console/overview";
import { type Html, heading, panel, table } from "#sandbox/console/parts";
import { href, type Place, samePage } from "#sandbox/console/place";
import { missingPage, send } from "#sandbox/console/reply";
import { worldPage } from "#sandbox/console/shell";
import type { WorldPages } from "#sandbox/console/world-pages";
import { type Kind, kinds } from "#sandbox/store/kinds";
import type { Query, Row } from "#sandbox/store/objects";

const pageSize = 50;

/** Every kind there is, and the objects of one. */
export const objectListPages: WorldPages = {
  "GET /objects": (context, place) => send(context, worldPage(place, "Objects", kindsView(place))),
  "GET /objects/:kind": (context, place) => {
    const kind = context.req.param("kind") ?? "";
    if (!isKind(kind)) return missingPage(context, place, `There is no kind called '${kind}'.`);
    return send(context, worldPage(place, titleOf(kind), listView(place, kind)));
  },
};

function kindsView(place: Place): Html {
  const counts = new Map(countsOf(place).map(({ kind, count }) => [kind, count]));
  return html`${heading("Objects", "Every kind this local Stripe keeps, in this account.")}
    <div class="columns three">${kindGroups.map((group) =>
      panel(
        group.title,
        html`<ul class="lines">${group.kinds.map((kind) => {
          const count = counts.get(kind) ?? 0;
          return html`<li class="${count === 0 ? "faint" : ""}">
            <a href="${href(place, `/objects/${kind}`)}">${titleOf(kind)}</a>
            <span class="number">${count.toLocaleString("en")}</span>
          </li>`;
        })}</ul>`,
      ),
    )}</div>`;
}

function listView(place: Place, kind: Kind): Html {
  const { searchParams } = place.url;
  const status = searchParams.get("status") ?? "";
  const filter: Query = status === "" ? {} : { status };
  const { rows, newer, older } = pageFrom(place, kind, filter);
  const total = place.world.count(kind);
  const prefix = `ids begin ${kinds[kind].prefix}_`;
  return html`
    ${heading(titleOf(kind), `${total.toLocaleString("en")} made in this account; ${prefix}`)}
    ${filterForm(place, kind, status)}
    ${table({
      caption: titleOf(kind),
      columns: columnsFor(kind),
      rows: rows.map((row) => cellsFor(place, row)),
      empty: emptyList(place, status),
    })}
    ${pager(place, newer, older)}`;
}

function emptyList(place: Place, status: string): Html {
  if (status !== "") {
    return html`None is ${status}. <a href="${samePage(place, { status: "", before: "" })}">
      Show all</a>`;
  }
  return html`None here yet. They appear when a program makes one with
    <code>sk_test_${place.namespace.name}</code>, or another object of it does.
    <a href="${href(place, "/objects")}">See the other kinds</a>`;
}

function pageFrom(place: Place, kind: Kind, filter: Query) {
  const { searchParams } = place.url;
  const before = cursor(searchParams.get("before"));
  const after = cursor(searchParams.get("after"));
  const query: Query = {
    ...filter,
    limit: pageSize + 1,
    ...(after === undefined ? {} : { after, order: "oldest" as const }),
    ...(before === undefined ? {} : { before }),
  };
  const found = place.world.list(kind, query);
  const hasMore = found.length > pageSize;
  const rows: Row[] = found.slice(0, pageSize);
  if (after !== undefined) rows.reverse();
  const hasOlder = after === undefined ? hasMore : true;
  const hasNewer = after === undefined ? before !== undefined : hasMore;
  return {
    rows,
    newer: hasNewer ? rows[0]?.sequence : undefined,
    older: hasOlder ? rows.at(-1)?.sequence : undefined,
  };
}

function cursor(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The way to the pages before and after. */
export function pager(place: Place, newer: number | undefined, older: number | undefined): Html {
  if (newer === undefined && older === undefined) return html``;
  const to = (name: "after" | "before", at: number) =>
    samePage(place, { before: "", after: "", [name]: String(at) });
  return html`<nav class="pager" aria-label="Pages">
    ${
      newer === undefined
        ? ""
        : html`<a class="button quiet" href="${to("after", newer)}" rel="prev">
      Newer</a>`
    }
    ${
      older === undefined
        ? ""
        : html`<a class="button quiet" href="${to("before", older)}" rel="next">
      Older</a>`
    }
  </nav>`;
}

function filterForm(place: Place, kind: Kind, status: string): Html {
  const { engine, namespace, account, url } = place;
  const found = engine.database
    .all(
      "SELECT DISTINCT status FROM (SELECT status FROM objects WHERE namespace = ? " +
        "AND account = ? AND kind = ? ORDER BY sequence DESC LIMIT 5000) " +
        "WHERE status IS NOT NULL ORDER BY 1 LIMIT 40",
      ...[namespace.name, account, kind],
    )
    .map((row) => String(row.status));
  if (found.length < 2) return html``;
  const choices = [["", "any"] as const, ...found.map((each) => [each, each] as const)];
  return html`<form class="filters" action="${url.pathname}">
    ${sameAccount(place)}
    ${control(
      { name: "status", label: "Status", kind: "choice", value: status, choices },
      "filter",
    )}
    <button class="button quiet" data-needless>Filter</button>
  </form>`;
}
