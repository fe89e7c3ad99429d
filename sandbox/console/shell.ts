import { html } from "hono/html";
import { control } from "#sandbox/console/form";
import type { Html } from "#sandbox/console/parts";
import { href, type Place, platformOf } from "#sandbox/console/place";
import { countFailing } from "#sandbox/console/read-deliveries";
import { spanText, stampText } from "#sandbox/console/words";

/** A whole page. It needs no script: the script only makes it live. */
export function consolePage(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Local Stripe</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_page/console.css" />
        <link rel="stylesheet" href="/_page/console-parts.css" />
        <script src="/_page/console.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the page</a>
        ${body}
      </body>
    </html>`;
}

/** A page of a world: where one is, what else there is, and the page itself. */
export function worldPage(place: Place, title: string, body: Html): Html {
  return consolePage(
    `${title} · ${place.namespace.name}`,
    html`<div class="frame">
      <nav class="rail" aria-label="This world">
        ${brand()}
        <div class="ways">${sections.map((section) => navSection(place, section))}</div>
        <p class="fine">Local Stripe on this machine. Test data alone, so it asks for no login.</p>
      </nav>
      <div class="stage">
        ${topBar(place)}
        <main id="main" tabindex="-1">${body}</main>
      </div>
    </div>
    ${keysDialog()}`,
  );
}

/** The mark that leads back to all worlds. */
export function brand(): Html {
  return html`<a class="brand" href="/"><span aria-hidden="true">◐</span> Local Stripe</a>`;
}

interface Entry {
  label: string;
  path: string;
  key?: string;
  badge?: (place: Place) => number;
}

const sections: readonly { title: string; entries: readonly Entry[] }[] = [
  {
    title: "World",
    entries: [
      { label: "Overview", path: "", key: "o" },
      { label: "Accounts", path: "/accounts", key: "a" },
      { label: "Clock", path: "/clock", key: "c" },
    ],
  },
  {
    title: "Objects",
    entries: [
      { label: "All kinds", path: "/objects", key: "k" },
      { label: "Customers", path: "/objects/customer" },
      { label: "Subscriptions", path: "/objects/subscription" },
      { label: "Invoices", path: "/objects/invoice" },
      { label: "Payments", path: "/objects/payment_intent" },
      { label: "Payouts", path: "/objects/payout" },
      { label: "Balance", path: "/objects/balance_transaction" },
    ],
  },
  {
    title: "Traffic",
    entries: [
      { label: "Events", path: "/events", key: "e" },
      { label: "Deliveries", path: "/deliveries", key: "d", badge: countFailing },
      { label: "Requests", path: "/requests", key: "r" },
      {
        label: "Faults",
        path: "/faults",
        key: "f",
        badge: ({ engine, namespace }) => engine.faults.list(namespace.name).length,
      },
    ],
  },
];

function navSection(place: Place, section: (typeof sections)[number]): Html {
  return html`<h2>${section.title}</h2>
    <ul>${section.entries.map((entry) => {
      const isHere = place.url.pathname === `/w/${place.namespace.name}${entry.path}`;
      const count = entry.badge?.(place) ?? 0;
      return html`<li>
        <a href="${href(place, entry.path)}" ${isHere ? html`aria-current="page"` : ""}
          ${entry.key === undefined ? "" : html`data-go="${entry.key}"`}>
          <span>${entry.label}</span>
          ${count === 0 ? "" : html`<span class="badge">${count}</span>`}
        </a>
      </li>`;
    })}</ul>`;
}

function topBar(place: Place): Html {
  const { namespace } = place;
  return html`<div class="bar" role="banner">
    <form class="jump" action="/w/${namespace.name}/jump" role="search">
      <label class="unseen" for="jump">Go to an id, an email or a name</label>
      <input id="jump" name="q" type="search" placeholder="Go to an id, an email or a name"
        autocomplete="off" required />
      <kbd aria-hidden="true">/</kbd>
    </form>
    ${accountSwitch(place)}
    ${clockChip(place)}
  </div>`;
}

function accountSwitch(place: Place): Html {
  const { namespace, account, url } = place;
  const accounts = platformOf(place).list("v2.core.account", { limit: 200 });
  // An object belongs to one account: elsewhere the same page is the list of what there is.
  const isObject = url.pathname.includes("/object/");
  const choices: (readonly [string, string])[] = [
    [namespace.account, `Platform (${namespace.name})`],
    ...accounts.map(({ object }) => {
      return [object.id, object.display_name ?? object.contact_email ?? object.id] as const;
    }),
  ];
  const { pathname } = url;
  return html`<form class="switch" action="${isObject ? href(place, "/objects") : pathname}">
    ${control(
      { name: "account", label: "Account", kind: "choice", value: account, choices },
      "switch",
    )}
    <button class="button quiet" data-needless>Show</button>
  </form>`;
}

function clockChip(place: Place): Html {
  const now = place.world.now();
  const { offset } = place.namespace.clock;
  const moved = offset === 0 ? "real time" : `${offset > 0 ? "+" : "−"}${spanText(offset)}`;
  return html`<a class="chip" href="${href(place, "/clock")}">
    <span class="unseen">The time here:</span>
    <time data-now="${now}" datetime="${new Date(now * 1000).toISOString()}"
      >${stampText(now, now)}</time>
    <span class="soft">${moved}</span>
  </a>`;
}

function keysDialog(): Html {
  const keyed = sections.flatMap(({ entries }) => entries).filter(({ key }) => key !== undefined);
  return html`<dialog id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <dl class="keys">
      <div><dt><kbd>/</kbd></dt><dd>Go to an id</dd></div>
      <div><dt><kbd>?</kbd></dt><dd>These keys</dd></div>
      <div><dt><kbd>p</kbd></dt><dd>Pause or resume the live events</dd></div>
      ${keyed.map(({ key, label }) => {
        return html`<div><dt><kbd>g</kbd> <kbd>${key}</kbd></dt><dd>${label}</dd></div>`;
      })}
    </dl>
    <form method="dialog"><button class="button quiet">Close</button></form>
  </dialog>`;
}
