import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { eventTypeNames } from "#lib/webhooks/event-types";
import { platformOwner } from "#lib/webhooks/owner";
import { platformEventTypeNames } from "#lib/webhooks/platform-event-types";
import { ourReach } from "#lib/webhooks/reach";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asAdmin, asOwner } from "#prisma/seed/people";

/** An endpoint at the receiver of the local set-up, where there is one. One that is there stays. */
export async function seedWebhook(ctx: Context, tenant: DemoTenant): Promise<void> {
  if (!tenant.listens || !ourReach().allowsLoopback) return;
  const known = await view(ctx, async (tx) => {
    const { id } = await tx.tenant.findUniqueOrThrow({ where: { slug: tenant.slug } });
    return tx.webhookEndpoint.count({ where: { tenantId: id } });
  });
  if (known > 0) return;
  await asOwner(ctx, tenant, (member) =>
    createEndpoint(member, { ...receiver(), types: eventTypeNames }),
  );
}

/** The same of the platform's own endpoints. */
export async function seedPlatformWebhook(ctx: Context): Promise<boolean> {
  if (!ourReach().allowsLoopback) return false;
  const where = { tenantId: platformOwner };
  if ((await view(ctx, (tx) => tx.webhookEndpoint.count({ where }))) > 0) return false;
  await asAdmin(ctx, (admin) =>
    createEndpoint(admin, { ...receiver(), types: platformEventTypeNames }),
  );
  return false;
}

function receiver() {
  const url = `http://127.0.0.1:${env().PORT}/api/receiver`;
  return { url, description: "The receiver of this local set-up" };
}
