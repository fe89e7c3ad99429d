import { Refusal } from "#lib/errors";

/**
 * The caller's address. Each proxy appends the one it was called from to X-Forwarded-For, and the
 * front server appends its own peer, so what the last `trusted` of them wrote is believed and what
 * stands before that is the caller's own claim.
 */
export function callerAddress(headers: Headers, trusted: number): string | undefined {
  const chain = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const address = chain[Math.max(0, chain.length - 1 - trusted)];
  return address?.replace(/^::ffff:/, "") || undefined;
}

/** The trace a W3C `traceparent` header names, if it is well-formed. */
export function traceOf(headers: Headers): string | undefined {
  const match = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(
    headers.get("traceparent") ?? "",
  );
  return match?.[1];
}

/**
 * Refuses a write that another site's page made in a person's name. A browser states where a
 * request comes from in headers no page can forge; a caller without them that brings no cookie is
 * a machine, and has nothing of a person's to misuse.
 */
export function requireSameOrigin(request: Request, ownUrl: string): void {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const isOwn =
    site !== null ? site === "same-origin" : origin !== null && origin === new URL(ownUrl).origin;
  const isMachine = site === null && origin === null && !request.headers.has("cookie");
  if (!isOwn && !isMachine) {
    throw new Refusal("forbidden", "This request came from another site, so it was not done.");
  }
}
