import type { Context, MiddlewareHandler } from "hono";

/** The console needs no login because only this machine reaches it. So a page of another site must
 *  not read it by pointing a name of its own here (DNS rebinding), nor act through a form. */
export function onlyFromHere(): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    if (!isOfThisMachine(host)) {
      return refusal(context, "The console answers to localhost and to 127.0.0.1 alone.");
    }
    if (context.req.method !== "GET" && !isOwnForm(context, host)) {
      return refusal(context, "Nothing is done for a form that is not on the console's own pages.");
    }
    return next();
  };
}

/** Whether a Host header names this machine and cannot have been looked up elsewhere. */
export function isOfThisMachine(host: string): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return ["localhost", "127.0.0.1", "[::1]"].includes(name) || name.endsWith(".localhost");
}

function isOwnForm(context: Context, host: string): boolean {
  const site = context.req.header("sec-fetch-site") ?? "same-origin";
  return site === "same-origin" && context.req.header("origin") === `http://${host}`;
}

function refusal(context: Context, why: string) {
  return context.text(`403. ${why}\n`, 403);
}

/** What every page of the console is sent with: nothing of another origin, nothing inline. */
export const consoleHeaders: Record<string, string> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join("; "),
  "cross-origin-resource-policy": "same-origin",
  // A form's Origin would be "null" under no-referrer, and forms are told by their Origin.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};
