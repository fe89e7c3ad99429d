import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { eventTypeNames } from "#lib/webhooks/event-types";
import { ourReach } from "#lib/webhooks/reach";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asOwner } from "#prisma/seed/people";

/** An endpoint at the receiver of the local set-up, where there is one. One that is there stays. */
export async function seedWebhook(ctx: Context, tenant: DemoTenant): Promise<void> {
  if (!tenant.listens || !ourReach().allowsLoopback) return;
  const known = await view(ctx, async (tx) => {
    const { id } = await tx.tenant.findUniqueOrThrow({ where: { slug: tenant.slug } });
    return tx.webhookEndpoint.count({ where: { tenantId: id } });
  });
  if (known > 0) return;
  const url = `http://127.0.0.1:${env().PORT}/api/receiver`;
  const description = "The receiver of this local set-up";
  await asOwner(ctx, tenant, (member) =>
    createEndpoint(member, { url, description, types: eventTypeNames }),
  );
}
