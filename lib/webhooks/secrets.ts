import type { Tx } from "#lib/db/client";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { newSigningSecret, openSecret, sealSecret } from "#lib/webhooks/signing";

type Whose = { readonly endpointId: string; readonly tenantId: string };

/** Gives an endpoint a new signing secret, and answers with it: it is never told again. */
export async function addSecret(tx: Tx, whose: Whose, createdAt: Date): Promise<string> {
  const secret = newSigningSecret();
  const sealed = sealSecret(secret, whose.endpointId, env().LOCKSTEP_SECRET);
  const id = newId("webhookSecret", createdAt);
  await tx.webhookSecret.create({ data: { ...whose, id, sealed, createdAt } });
  return secret;
}

/**
 * The secrets that sign at an instant, the newest first. None where they cannot be opened, which is
 * so after LOCKSTEP_SECRET was changed: then only a rotation helps.
 */
export async function readSecrets(tx: Tx, endpointId: string, at: Date): Promise<string[]> {
  const rows = await tx.webhookSecret.findMany({
    where: { endpointId, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  try {
    return rows.map(({ sealed }) => openSecret(sealed, endpointId, env().LOCKSTEP_SECRET));
  } catch {
    return [];
  }
}
