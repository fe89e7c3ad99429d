import { deliveryLimitBytes, receiveDelivery } from "#lib/events/receive-delivery";
import { asSystem } from "#lib/tenancy/as-system";
import { contextOf } from "#lib/web/context";

type Params = { params: Promise<{ endpoint: string }> };

/** Stripe's deliveries where nothing stands in front of Next; the same function answers. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { endpoint } = await params;
  if (endpoint !== "account" && endpoint !== "connect") return new Response(null, { status: 404 });

  const ctx = asSystem(contextOf(request.headers), { kind: "system", name: "stripe-webhook" });
  const { status, body } = await receiveDelivery(ctx, {
    endpoint,
    rawBody: await readBody(request),
    signatureHeader: request.headers.get("stripe-signature"),
  });
  return Response.json(body, { status });
}

/** The raw bytes as they were signed. Of a body that is too large, just enough to see that. */
async function readBody(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > deliveryLimitBytes) break;
  }
  return Buffer.concat(chunks);
}
