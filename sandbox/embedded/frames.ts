import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { claimSession } from "#sandbox/embedded/claim-session";
import {
  allows,
  type Component,
  type Done,
  type Download,
  type Form,
  linkTo,
  type Visit,
} from "#sandbox/embedded/component";
import { components } from "#sandbox/embedded/components";
import { frameHeaders, framePage } from "#sandbox/embedded/frame-page";
import type { Engine } from "#sandbox/engine";
import { onPage } from "#sandbox/pages/find-page";
import { StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

/**
 * The stand-in for Connect.js: its script, and the frames of the embedded components. A page uses
 * it with `<script src="http://127.0.0.1:12111/_js/connect.js">` before `@stripe/connect-js/pure`,
 * and allows the local Stripe's origin in the `script-src`, `frame-src` and `connect-src` of its
 * policy. A frame's address holds the token its account session was exchanged for; every act in it
 * goes through the API's own handlers, in the connected account, as far as the session allows.
 */
export function embeddedFrames(engine: Engine): Hono {
  const pages = new Hono();
  for (const [name, type] of Object.entries(assets)) {
    const file = new URL(
      name.endsWith(".css") ? `./${name}` : `./browser/${name}`,
      import.meta.url,
    );
    const text = readFileSync(file, "utf8");
    const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" };
    pages.get(`/_js/${name}`, (context) => context.body(text, 200, headers));
  }
  pages.options("/embedded/claim", (context) => context.body(null, 204, anyOrigin));
  pages.post("/embedded/claim", async (context) => claim(context, engine));
  const path = "/embedded/:token/:component";
  pages.get(path, (context) => look(context, engine));
  pages.post(path, async (context) => act(context, engine, await formOf(context)));
  pages.get(`${path}/files/:file`, (context) => download(context, engine));
  return pages;
}

const assets = {
  "connect.js": "text/javascript",
  "frame.js": "text/javascript",
  "embedded.css": "text/css",
};
const anyOrigin = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type",
};

async function claim(context: Context, engine: Engine): Promise<Response> {
  try {
    const sent = JSON.parse(await context.req.text()) as Record<string, unknown>;
    const { token, components: enabled, expires_at } = claimSession(engine, sent);
    return context.json({ token, components: enabled, expires_at }, 200, anyOrigin);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const message = "The body is not JSON.";
      return context.json({ error: { message } }, 400, anyOrigin);
    }
    if (!(error instanceof StripeError)) throw error;
    return context.json({ error: error.body }, error.status as 401, anyOrigin);
  }
}

function look(context: Context, engine: Engine, error?: string, status?: 400 | 403) {
  return onVisit(context, engine, (visit, component) => {
    const { said, events } = context.req.query();
    const view = component.view({ ...visit, ...(error === undefined ? {} : { error }) });
    const told = events === undefined ? [] : (JSON.parse(events) as []);
    const about = {
      ...(said === undefined ? {} : { said }),
      ...(error === undefined ? {} : { error }),
      events: told,
    };
    return { page: framePage(view, about), status: status ?? 200 };
  });
}

// What an act wrote is undone if it is refused, and the page says why.
async function act(context: Context, engine: Engine, form: Form): Promise<Response> {
  let refusal: { message: string; status: 400 | 403 } | undefined;
  let leadsTo: string | undefined;
  try {
    const response = await onVisit(context, engine, (visit, component) => {
      const named = component.acts?.[context.req.query("act") ?? ""];
      if (named === undefined) throw new StripeError(400, unknownAct);
      if (!allows(visit, named.feature)) throw new StripeError(403, notAllowed);
      leadsTo = after(visit, named.run(visit, form));
      return { page: "", status: 200 };
    });
    if (leadsTo === undefined) return response;
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    const status = error.status === 403 ? 403 : 400;
    refusal = { message: error.body.message, status };
  }
  if (refusal !== undefined) return look(context, engine, refusal.message, refusal.status);
  return context.redirect(leadsTo ?? "/", 303);
}

const unknownAct = {
  type: "invalid_request_error" as const,
  message: "There is nothing like that to do here.",
};
const notAllowed = {
  type: "invalid_request_error" as const,
  message: "The account session does not allow this.",
};

function after(visit: Visit, { said, goTo = {}, events = [] }: Done): string {
  return linkTo(visit, {
    ...goTo,
    said: said ?? null,
    events: events.length === 0 ? null : JSON.stringify(events),
  });
}

// What cannot be downloaded says why, in a page.
async function download(context: Context, engine: Engine): Promise<Response> {
  try {
    return await onVisit(context, engine, (visit, component) => {
      const make = component.downloads?.[context.req.param("file") ?? ""];
      if (make === undefined) throw new StripeError(404, unknownAct);
      return { file: make(visit) };
    });
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    const about = { error: error.body.message };
    const page = String(await framePage({ title: "Not here", body: html`` }, about));
    return context.body(page, error.status as 404, frameHeaders);
  }
}

type Answer =
  | { page: ReturnType<typeof framePage> | ""; status: 200 | 400 | 403 }
  | { file: Download };

async function onVisit(
  context: Context,
  engine: Engine,
  work: (visit: Visit, component: Component) => Answer,
): Promise<Response> {
  const token = context.req.param("token") ?? "";
  const name = context.req.param("component") ?? "";
  const answer = onPage(engine, "local.frame", token, (platform, id) => {
    const visit = visitOf(platform, id, name, context);
    const component = components[name as keyof typeof components] as Component | undefined;
    return visit === undefined || component === undefined ? undefined : work(visit, component);
  });
  if (answer === undefined) {
    const view = { title: "Not here", body: html`<p class="alert">${ended}</p>` };
    const page = String(await framePage(view, { isExpired: true }));
    return context.body(page, 401, frameHeaders);
  }
  if ("page" in answer) return context.body(String(await answer.page), answer.status, frameHeaders);
  const { body, contentType, name: filename } = answer.file;
  return context.body(typeof body === "string" ? body : Buffer.from(body), 200, {
    "content-type": contentType,
    "content-disposition": `attachment; filename="${filename}"`,
    "cache-control": "no-store",
  });
}

const ended = "This session has ended, or does not show this. Reload the page.";

function visitOf(platform: World, id: string, name: string, context: Context): Visit | undefined {
  const {
    account,
    components: enabled,
    expires_at,
    token,
  } = get(platform, "local.frame", id).object;
  const component = enabled[name.replaceAll("-", "_")];
  if (expires_at <= platform.now() || !component?.enabled) return undefined;
  const { said: _said, events: _events, act: _act, ...query } = context.req.query();
  const path = `/embedded/${token}/${name}`;
  return { world: platform.as(account), account, features: component.features, query, path };
}

async function formOf(context: Context): Promise<Form> {
  const sent = await context.req.formData();
  const entries = [...sent.entries()].map(async ([name, value]) => {
    if (typeof value === "string") return [name, value.trim()] as const;
    const bytes = Buffer.from(await value.arrayBuffer());
    const file = { name: value.name, contentType: value.type, base64: bytes.toString("base64") };
    return [name, bytes.length === 0 ? "" : JSON.stringify(file)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
