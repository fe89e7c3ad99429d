import type { Context } from "hono";
import { html } from "hono/html";
import type { Sent } from "#sandbox/console/act";
import { consoleHeaders } from "#sandbox/console/guard";
import type { Html } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import type { Outcome } from "#sandbox/console/run-call";
import { worldPage } from "#sandbox/console/shell";

/** Sends a page. */
export async function send(context: Context, page: Html, status = 200): Promise<Response> {
  return context.body(String(await page), status as 200, consoleHeaders);
}

/** What a form of the console sent. */
export async function sentBy(context: Context): Promise<Sent> {
  const body = await context.req.parseBody();
  const texts = Object.entries(body).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts) as Sent;
}

/** Leads on after an act, or shows what was said against it and the way back. */
export function afterwards(
  context: Context,
  place: Place,
  outcome: Outcome,
  leadsTo: string,
): Promise<Response> | Response {
  if (outcome.isDone) return context.redirect(leadsTo, 303);
  return refusedPage(context, place, outcome, leadsTo);
}

function refusedPage(
  context: Context,
  place: Place,
  { status, message }: Extract<Outcome, { isDone: false }>,
  back: string,
): Promise<Response> {
  const page = worldPage(
    place,
    "That was refused",
    html`<section class="notice" role="alert">
      <h1>That was refused</h1>
      <p>${message}</p>
      <p class="note">Status ${status}. What had happened before is as it was, unless it was a
        declined payment: a decline is kept, as with Stripe.</p>
      <p><a class="button" href="${back}">Go back</a></p>
    </section>`,
  );
  return send(context, page, status === 501 ? 501 : status < 500 ? 422 : 502);
}

/** What was looked for is not in this world. */
export function missingPage(context: Context, place: Place, what: string): Promise<Response> {
  const page = worldPage(
    place,
    "Not here",
    html`<section class="notice">
      <h1>Not in this world</h1>
      <p>${what}</p>
      <p class="note">It may belong to another world, or the world was reset.</p>
      <p><a class="button" href="${href(place, "/objects")}">See what is here</a></p>
    </section>`,
  );
  return send(context, page, 404);
}
