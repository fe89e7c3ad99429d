import { createHmac } from "node:crypto";
import { decode } from "next-auth/jwt";
import { env } from "#lib/env";

/** The header in which `proxy.ts` tells a page its own address. */
export const pathHeader = "x-lockstep-path";

/** True where people reach us by https; then every cookie is Secure. */
export function isSecure(): boolean {
  return env().LOCKSTEP_URL.startsWith("https://");
}

/** The name next-auth gives its cookie. `__Secure-` keeps a plain-http page from setting it. */
export function sessionCookieName(): string {
  return `${isSecure() ? "__Secure-" : ""}next-auth.session-token`;
}

/** The key that seals the cookie: one use, one key. */
export function sessionSecret(): string {
  return createHmac("sha256", env().LOCKSTEP_SECRET).update("session cookie").digest("hex");
}

/** The session id in a request's cookie, if we sealed it. Whether it lives, the database says. */
export async function sessionIdOf(headers: Headers): Promise<string | undefined> {
  const start = `${sessionCookieName()}=`;
  const cookies = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  const sealed = cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length);
  if (!sealed) return undefined;
  const token = await decode({ token: sealed, secret: sessionSecret() }).catch(() => null);
  return typeof token?.sessionId === "string" ? token.sessionId : undefined;
}
