import { html } from "hono/html";
import { type Html, mark, page } from "#sandbox/pages/layout";
import type { ObjectOf } from "#sandbox/store/kinds";

/** The headers of a page that a shop shows inside its own. */
export function embeddable(headers: Record<string, string>): Record<string, string> {
  const closed = headers["content-security-policy"] ?? "";
  const framed = closed.replace("frame-ancestors 'none'", "frame-ancestors *");
  return {
    ...headers,
    "content-security-policy": `${framed}; script-src 'self'`,
  };
}

/** Where an embedded checkout leads when it is paid. */
export function returnUrl(session: ObjectOf<"checkout.session">): string | null {
  const { return_url: url } = session as { return_url?: string | null };
  return url ? url.replaceAll("{CHECKOUT_SESSION_ID}", session.id) : null;
}

/** An embedded checkout that is paid: it tells the page around it, and links on for whoever has no
 *  script there. */
export function embeddedDone(session: ObjectOf<"checkout.session">): Html | Promise<Html> {
  const leads = returnUrl(session);
  return page(
    "Paid",
    html`<main class="notice">
      ${mark()}
      <h1>Paid</h1>
      <p>Thank you. There is nothing more to do here.</p>
      ${leads === null ? "" : html`<a class="button" href="${leads}" target="_top">Go on</a>`}
      <script
        src="/_page/embedded.js"
        data-session="${session.id}"
        data-leads="${leads ?? ""}"
      ></script>
    </main>`,
  );
}

/** Tells the page around an embedded checkout that it is paid, and where to go. */
export const embeddedScript = `
const { session, leads } = document.currentScript.dataset;
if (parent !== window) parent.postMessage({ type: "local-stripe.complete", session, leads }, "*");
`;
