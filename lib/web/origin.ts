import { isIPv6 } from "node:net";
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

/**
 * By what limits count an address. One host commonly has a whole IPv6 /64 to itself, so the 2^64
 * addresses in it count as one; an IPv4 address counts as itself.
 */
export function limitedAddress(ip: string | undefined): string {
  if (ip === undefined) return "unknown";
  const [plain = ""] = ip.split("%"); // Without a zone, which URL does not read.
  if (!isIPv6(plain)) return ip;
  // URL writes an address in its one canonical form: lower case, hexadecimal, zeros as one "::".
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  if (canonical.startsWith("::ffff:")) return canonical;
  const [before, after = []] = canonical.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(8 - before!.length - after.length).fill("0");
  return `${[...before!, ...zeros, ...after].slice(0, 4).join(":")}::/64`;
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
