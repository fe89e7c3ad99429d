import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/env";
import { securityHeaders } from "#lib/web/security-headers";
import { pathHeader } from "#lib/web/session-cookie";

/**
 * Stands before every page: gives each answer a nonce of its own and the headers that go with it.
 * Decides nothing about who may see what; verbs and reads do.
 */
export function proxy(request: NextRequest): NextResponse {
  const { LOCKSTEP_URL, NODE_ENV, STRIPE_API_BASE } = env();
  const nonce = randomBytes(16).toString("base64");
  const headers = securityHeaders({
    nonce,
    isSecure: LOCKSTEP_URL.startsWith("https://"),
    isDevelopment: NODE_ENV === "development",
    stripeApiBase: STRIPE_API_BASE,
  });

  const inward = new Headers(request.headers);
  inward.set("x-nonce", nonce);
  inward.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce for its own scripts from the policy on the request.
  inward.set("content-security-policy", headers["content-security-policy"]!);
  const response = NextResponse.next({ request: { headers: inward } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/**
 * Everything but what is built once and the same for all, and but files that are read as they
 * arrive: what passes here is held whole, and cut off at 10 MB.
 */
export const config = {
  matcher: [
    "/((?!_next/static|_next/image|favicon.ico|api/v1/admin/reconciliation/reports/file).*)",
  ],
};
