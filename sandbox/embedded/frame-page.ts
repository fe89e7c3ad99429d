import { html } from "hono/html";
import type { Event, View } from "#sandbox/embedded/component";
import type { Html } from "#sandbox/pages/layout";

/** The whole page of a frame. Its script tells the page around it how high it is. */
export function framePage(
  view: View,
  about: { said?: string; error?: string; events?: readonly Event[]; isExpired?: true } = {},
): Html | Promise<Html> {
  const events = [...(about.events ?? []), ...(view.events ?? [])];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${view.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_js/embedded.css" />
      </head>
      <body>
        <div class="content">
          <h1>${view.title}</h1>
          ${about.error ? html`<p class="alert" role="alert">${about.error}</p>` : ""}
          ${about.said ? html`<p class="said" role="status">${about.said}</p>` : ""}
          ${view.body}
        </div>
        <script
          src="/_js/frame.js"
          data-events="${JSON.stringify(events)}"
          data-expired="${about.isExpired ? "yes" : "no"}"
        ></script>
      </body>
    </html>`;
}

/** A frame may stand in any page, and loads nothing from elsewhere. */
export const frameHeaders: Record<string, string> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors *",
  ].join("; "),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
