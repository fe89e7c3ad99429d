import { Webhook } from "standardwebhooks";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";
import { readSecrets } from "#lib/webhooks/secrets";

type Arrived = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/**
 * True where a message is one of ours and signed by a secret of its endpoint: what a receiver of a
 * tenant's would find. Asked by the receiver of a local set-up alone.
 */
export async function judgeMessage(ctx: Context, { headers, body }: Arrived): Promise<boolean> {
  const id = headers["webhook-id"] ?? "";
  const secrets = await view(asSystem(ctx), async (tx) => {
    const delivery = await tx.webhookDelivery.findUnique({ where: { id } });
    return delivery ? readSecrets(tx, delivery.endpointId, ctx.now()) : [];
  });
  return secrets.some((secret) => isSignedBy(secret, body, headers));
}

function isSignedBy(secret: string, body: string, headers: Arrived["headers"]): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers });
    return true;
  } catch {
    return false;
  }
}
