import { readFileSync } from "node:fs";
import { html } from "hono/html";

/** A piece of HTML, with everything put into it escaped. */
export type Html = ReturnType<typeof html>;

/** The stylesheet all pages share. */
export const stylesheet = readFileSync(new URL("./page.css", import.meta.url), "utf8");

/** A whole page in the local Stripe's own look. It always says that nothing here is real. */
export function page(title: string, body: Html | Promise<Html>): Html | Promise<Html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Local Stripe</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_page/page.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** The mark every page carries. */
export function mark(): Html | Promise<Html> {
  return html`<p class="mark"><span aria-hidden="true">◐</span> Local Stripe · test data</p>`;
}

/** A page with one thing to say. */
export function notice(
  title: string,
  text: string,
  link?: { href: string; label: string },
): Html | Promise<Html> {
  return page(
    title,
    html`<main class="notice">
      ${mark()}
      <h1>${title}</h1>
      <p>${text}</p>
      ${link === undefined ? "" : html`<a class="button" href="${link.href}">${link.label}</a>`}
    </main>`,
  );
}

/** The headers of every page. A form's answer may lead back to the shop and nowhere else. */
export function pageHeaders(leadsTo: readonly (string | null)[] = []): Record<string, string> {
  const origins = leadsTo.flatMap((url) =>
    url !== null && URL.canParse(url) ? [new URL(url).origin] : [],
  );
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": [
      "default-src 'none'",
      "style-src 'self'",
      "img-src data:",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      `form-action ${["'self'", ...new Set(origins)].join(" ")}`,
    ].join("; "),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}
