import { env } from "#lib/env";
import { contextOf } from "#lib/web/context";
import { judgeMessage } from "#lib/webhooks/judge-message";

/** A receiver to try webhooks with, beside the local Stripe alone: it takes what is genuine. */
export async function POST(request: Request): Promise<Response> {
  if (!env().STRIPE_API_BASE) return new Response(null, { status: 404 });
  const ctx = contextOf(request.headers);
  const headers = Object.fromEntries(request.headers);
  const isGenuine = await judgeMessage(ctx, { headers, body: await request.text() });
  return isGenuine
    ? Response.json({ received: true })
    : Response.json({ received: false, why: "Not signed by us." }, { status: 400 });
}
