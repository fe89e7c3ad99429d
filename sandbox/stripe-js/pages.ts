import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { answerSetup } from "#sandbox/billing/setup-card";
import { frameHeaders } from "#sandbox/embedded/frame-page";
import type { Engine } from "#sandbox/engine";
import { askedOf, settle } from "#sandbox/pages/authenticate";
import { type Challenge, challengeView } from "#sandbox/pages/challenge-view";
import { onPage } from "#sandbox/pages/find-page";
import { page } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import { type Asked, fieldsOf } from "#sandbox/stripe-js/fields";
import type { World } from "#sandbox/world/world";

const scripts = {
  "stripe.js": "stripe.js",
  "element.js": "element.js",
  "challenge.js": "challenge.js",
};

/**
 * The stand-in for Stripe.js: its script, the frames of its fields and the challenges it shows over
 * a page. A page uses it with `<script src="http://127.0.0.1:12111/_js/stripe.js">` before
 * `@stripe/stripe-js/pure`, and allows the local Stripe's origin in the `script-src`, `frame-src`
 * and `connect-src` of its policy.
 */
export function stripeJsPages(engine: Engine): Hono {
  const pages = new Hono();
  for (const [name, file] of Object.entries(scripts)) {
    const text = readFileSync(new URL(`./browser/${file}`, import.meta.url), "utf8");
    const headers = {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
    };
    pages.get(`/_js/${name}`, (context) => context.body(text, 200, headers));
  }
  const challenge = "/stripe-js/challenge/:kind{authenticate|set-up}/:secret";
  pages.get(challenge, (context) => showChallenge(context, engine));
  pages.post(challenge, async (context) => {
    const { answer } = await context.req.parseBody();
    return answerChallenge(context, engine, answer === "complete");
  });
  pages.get("/stripe-js/:element", async (context) => {
    const asked = askedFrom(context, engine);
    return context.body(String(await elementPage(asked)), 200, frameHeaders);
  });
  return pages;
}

function askedFrom(context: Context, engine: Engine): Asked {
  const { key = "", account = "", secret = "", currency = "", postal } = context.req.query();
  const { host = "" } = context.req.query();
  const known = onPage(engine, "payment_intent", secret, (world, id) => {
    return get(world, "payment_intent", id).object.currency;
  });
  return {
    element: context.req.param("element") ?? "",
    ...{ key, account, host: isOrigin(host) ? host : "" },
    currency: known ?? currency,
    hasPostal: postal !== "no",
  };
}

function isOrigin(host: string): boolean {
  return URL.canParse(host) && new URL(host).origin === host;
}

function elementPage(asked: Asked) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Payment details</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_js/embedded.css" />
      </head>
      <body>
        <form autocomplete="on" novalidate>
          ${fieldsOf(asked)}
          <p id="error" class="alert" role="alert" hidden></p>
        </form>
        <script
          src="/_js/element.js"
          data-element="${asked.element}"
          data-key="${asked.key}"
          data-account="${asked.account}"
          data-host="${asked.host}"
        ></script>
      </body>
    </html>`;
}

// Null where nothing waits for its holder, or not any more.
function waiting(world: World, id: string): Challenge | null {
  if (!id.startsWith("seti_")) return askedOf(world, id);
  const { object } = get(world, "setup_intent", id);
  if (object.status !== "requires_action") return null;
  const method = world.find("payment_method", object.payment_method ?? "");
  const last4 = method?.object.card?.last4 ?? "";
  return { amount: "keeping it for later payments", last4 };
}

function onSecret<Result>(
  context: Context,
  engine: Engine,
  work: (world: World, id: string) => Result,
): Result | undefined {
  const kind = context.req.param("kind") === "set-up" ? "setup_intent" : "payment_intent";
  return onPage(engine, kind, context.req.param("secret") ?? "", work);
}

async function showChallenge(context: Context, engine: Engine): Promise<Response> {
  const asked = onSecret(context, engine, waiting);
  const shown = asked ? challengeView(asked) : answered(context);
  return context.body(String(await shown), asked === undefined ? 404 : 200, challengeHeaders);
}

async function answerChallenge(
  context: Context,
  engine: Engine,
  isPassed: boolean,
): Promise<Response> {
  onSecret(context, engine, (world, id) => {
    if (!id.startsWith("seti_")) return settle(world, id, isPassed);
    const row = get(world, "setup_intent", id);
    if (row.object.status === "requires_action") answerSetup(world, row, isPassed);
    return row.object.status;
  });
  return context.body(String(await answered(context)), 200, challengeHeaders);
}

const challengeHeaders = frameHeaders;

// Only the page that opened the challenge hears of it.
function answered(context: Context) {
  const { host = "" } = context.req.query();
  const script = html`<script src="/_js/challenge.js" data-host="${host}"></script>`;
  return page(
    "Answered",
    html`<main class="notice"><h1>Answered</h1></main>
      ${isOrigin(host) ? script : ""}`,
  );
}
