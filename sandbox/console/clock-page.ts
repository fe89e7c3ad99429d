import { html } from "hono/html";
import { admin, api } from "#sandbox/console/act";
import { unixFrom } from "#sandbox/console/billing-acts";
import { actForm, disclosedAct } from "#sandbox/console/form";
import type { Move } from "#sandbox/console/moves";
import { standingAt } from "#sandbox/console/object";
import {
  ago,
  type Html,
  heading,
  idLink,
  panel,
  stamp,
  state,
  table,
} from "#sandbox/console/parts";
import { href, objectHref, type Place, platformOf } from "#sandbox/console/place";
import { type Due, dueOf, jobWords } from "#sandbox/console/read-timers";
import { afterwards, send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { worldPage } from "#sandbox/console/shell";
import { countText, exactText, spanText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";

const day = 86_400;

/** How far the clock goes from now, by the word of the button. */
const steps: Record<string, (place: Place) => number | undefined> = {
  hour: (place) => place.world.now() + 3600,
  day: (place) => place.world.now() + day,
  week: (place) => place.world.now() + 7 * day,
  month: (place) => monthAfter(place.world.now()),
  next: (place) => dueOf(place, { limit: 200 }).find(({ testClock }) => testClock === null)?.due,
};

/** The time machine: what the time is, where it can go, and what will happen on the way. */
export const clockPages: WorldPages = {
  "GET /clock": (context, place) => send(context, worldPage(place, "Clock", clockView(place))),
  "GET /clock/move": (context, place) => {
    const move = place.moves.of(place.namespace.name);
    context.header("cache-control", "no-store");
    return context.json({ ...progressOf(place, move), now: exactText(place.world.now()) });
  },
  "POST /clock": async (context, place) => {
    const { step = "", to = "" } = await sentBy(context);
    const target = step === "to" ? unixFrom(to) : steps[step]?.(place);
    const back = href(place, "/clock");
    if (target === undefined || !Number.isFinite(target)) {
      const message = "There is no such time to move to, or nothing is due.";
      return afterwards(context, place, { isDone: false, status: 400, message }, back);
    }
    const name = place.namespace.name;
    const running = place.moves.of(name);
    if (running?.isDone === false) return context.redirect(back, 303);
    const about = { what: "Moving time", from: place.world.now(), to: target };
    await place.moves.begin(name, about, async () => {
      const outcome = await runCall(place, admin("POST /clock", { to: target }));
      if (!outcome.isDone) throw new Error(outcome.message);
      return Number(outcome.answer.ran);
    });
    return context.redirect(back, 303);
  },
  "POST /clock/test-clocks": async (context, place) => {
    const { name, frozen } = await sentBy(context);
    const call = api("POST /v1/test_helpers/test_clocks", { name, frozen_time: unixFrom(frozen) });
    const outcome = await runCall(standingAt(place, place.namespace.account), call);
    return afterwards(context, place, outcome, href(place, "/clock"));
  },
};

// The same day of the next month, or its last day.
function monthAfter(now: number): number {
  const at = new Date(now * 1000);
  const wanted = at.getUTCDate();
  at.setUTCMonth(at.getUTCMonth() + 1, 1);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(wanted, last));
  return Math.floor(at.getTime() / 1000);
}

function progressOf(place: Place, move: Move | undefined) {
  if (move === undefined) return { isDone: true, percent: 100 };
  const whole = move.to - move.from;
  const gone = place.world.now() - move.from;
  const percent = whole <= 0 ? null : Math.min(99, Math.max(0, Math.floor((gone * 100) / whole)));
  return { isDone: move.isDone, percent: move.isDone ? 100 : percent };
}

function clockView(place: Place): Html {
  const now = place.world.now();
  const { offset } = place.namespace.clock;
  const due = dueOf(place, { limit: 50 });
  const isMoving = place.moves.of(place.namespace.name)?.isDone === false;
  return html`
    ${heading(
      html`<time data-now="${now}" data-now-long datetime="${new Date(now * 1000).toISOString()}"
        >${exactText(now)}</time>`,
      offset === 0
        ? "Runs with this machine's clock."
        : `${spanText(offset)} ${offset > 0 ? "ahead of" : "behind"} this machine's clock, ` +
            "and runs on with it.",
    )}
    ${moveNote(place)}
    ${
      isMoving
        ? ""
        : panel("Move time", movesForm(place, due), {
            note: "for the whole world; everything due on the way happens, in its order",
          })
    }
    ${panel("What is due next", dueTable(place, due), {
      note: due.length === 50 ? "the next 50" : countText(due.length, "thing"),
    })}
    ${testClocksPanel(place)}`;
}

function moveNote(place: Place): Html {
  const move = place.moves.of(place.namespace.name);
  if (move === undefined) return html``;
  if (!move.isDone) {
    const { percent } = progressOf(place, move);
    return html`<section class="moving" data-moving="${href(place, "/clock/move")}" role="status">
      <p><strong>${move.what}</strong> <span data-moving-now>${exactText(place.world.now())}</span>
        ${percent === null ? "" : html`of ${exactText(move.to)}`}</p>
      <progress max="100" ${percent === null ? "" : html`value="${percent}"`}
        aria-label="${move.what}"></progress>
      <p class="note">It goes on if you leave. <a href="${href(place, "/clock")}">Look again</a></p>
    </section>`;
  }
  if (move.failed !== undefined) {
    return html`<p class="alert" role="alert">${move.what} stopped: ${move.failed}</p>`;
  }
  const took = move.to > move.from ? `${spanText(move.to - move.from)} passed. ` : "";
  return html`<p class="said" role="status">${took}${countText(move.ran, "thing")} happened on the
    way. <a href="${href(place, "/events")}">See the events</a></p>`;
}

function movesForm(place: Place, due: readonly Due[]): Html {
  const action = href(place, "/clock");
  const next = due.find(({ testClock }) => testClock === null);
  const labels = { hour: "An hour", day: "A day", week: "A week", month: "A month" };
  const soon = new Date((place.world.now() + 30 * day) * 1000).toISOString().slice(0, 16);
  return html`<form method="post" action="${action}" class="steps" aria-label="Move time by a step">
      ${Object.entries(labels).map(([step, label]) => {
        return html`<button class="button" name="step" value="${step}">${label}</button>`;
      })}
      ${
        next === undefined
          ? ""
          : html`<button class="button" name="step" value="next">To what is due next
              <span class="light">${ago(place, next.due)}</span></button>`
      }
    </form>
    ${actForm({
      action,
      button: "Move there",
      scope: "clock",
      isInline: true,
      fields: [
        { name: "step", label: "", kind: "hidden", value: "to" },
        {
          ...{ name: "to", label: "To a date (UTC)", kind: "datetime-local" as const },
          ...{ value: soon, isRequired: true },
        },
      ],
    })}
    <p class="note">Time moves forward alone. A world in which nothing has happened may begin in the
      past.</p>`;
}

function dueTable(place: Place, due: readonly Due[]): Html {
  return table({
    caption: "What is due next",
    columns: ["When", "", "What happens", "Account"],
    rows: due.map((each) => [
      stamp(place, each.due),
      each.testClock === null ? ago(place, each.due) : html`on ${idLink(place, each.testClock)}`,
      html`${jobWords(each.job)} ${idLink(place, each.id, each.account)}`,
      each.account === place.namespace.account
        ? html`<span class="soft">platform</span>`
        : idLink(place, each.account, place.namespace.account),
    ]),
    empty: "Nothing is due. Subscriptions, payouts, trials and retries put themselves here.",
  });
}

function testClocksPanel(place: Place): Html {
  const customers = customersByClock(place);
  const clocks = platformOf(place).list("test_helpers.test_clock", { limit: 50 });
  const soon = new Date(place.world.now() * 1000).toISOString().slice(0, 16);
  return panel(
    "Test clocks",
    html`${table({
      caption: "Test clocks",
      columns: ["Clock", "Name", "Status", "Its time", "Customers"],
      rows: clocks.map(({ object }) => [
        html`<a class="id" href="${objectHref(place, object.id, place.namespace.account)}"
          >${object.id}</a>`,
        object.name ?? "",
        state(object.status),
        stamp(place, object.frozen_time),
        customers.get(object.id) ?? 0,
      ]),
      empty: "None. A test clock moves the customers made with it, and nobody else.",
    })}
    ${disclosedAct({
      action: href(place, "/clock/test-clocks"),
      label: "Make a test clock",
      button: "Make it",
      scope: "test-clock",
      effect: "Customers made with it live in its time, from the moment given here.",
      fields: [
        { name: "name", label: "Name", value: "" },
        {
          ...{ name: "frozen", label: "Its time (UTC)", kind: "datetime-local" as const },
          ...{ value: soon, isRequired: true },
        },
      ],
    })}`,
  );
}

/** How many customers live in the time of each test clock. */
function customersByClock(place: Place): Map<string, number> {
  const rows = place.engine.database.all(
    "SELECT json_extract(json, '$.test_clock') AS clock, count(*) AS n FROM objects " +
      "WHERE namespace = ? AND account = ? AND kind = 'customer' AND deleted = 0 GROUP BY 1",
    ...[place.namespace.name, place.namespace.account],
  );
  return new Map(rows.map(({ clock, n }) => [String(clock), Number(n)]));
}
