import { env } from "#lib/env";
import { getHealth, healthParts } from "#lib/overview/get-health";
import { contextOf } from "#lib/web/context";

/** Readiness for probes: 200 while it can serve, 503 while it cannot, each part by its state. */
export async function GET(request: Request): Promise<Response> {
  const { status, parts } = await getHealth(contextOf(request.headers), {
    stripeApiBase: env().STRIPE_API_BASE,
  });
  const states = Object.fromEntries(healthParts.map((name) => [name, parts[name].state]));
  return Response.json(
    { status, parts: states },
    { status: status === "down" ? 503 : 200, headers: { "cache-control": "no-store" } },
  );
}
