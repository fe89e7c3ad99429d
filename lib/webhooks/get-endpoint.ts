import { view } from "#lib/db/transaction";
import type { Endpoint } from "#lib/webhooks/endpoint";
import { findEndpoint } from "#lib/webhooks/find-endpoint";
import { type Listener, requireReader } from "#lib/webhooks/owner";

/** What is known of a secret once it was shown: from when it signs, and until when. */
export type SecretSpan = {
  readonly id: string;
  readonly createdAt: Date;
  readonly endsAt: Date | null;
};
export type EndpointPage = Endpoint & { readonly secrets: readonly SecretSpan[] };

/** One endpoint, with the spans of the secrets that sign now. */
export async function getEndpoint(
  ctx: Listener,
  { endpointId }: { endpointId: string },
): Promise<EndpointPage> {
  requireReader(ctx);
  return view(ctx, async (tx) => {
    const endpoint = await findEndpoint(tx, ctx, endpointId);
    const secrets = await tx.webhookSecret.findMany({
      where: { endpointId, OR: [{ endsAt: null }, { endsAt: { gt: ctx.now() } }] },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: { id: true, createdAt: true, endsAt: true },
    });
    return { ...endpoint, secrets };
  });
}
