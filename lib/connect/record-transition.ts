import { instantAfter } from "#lib/connect/lock-account";
import { type ConnectEvent, type ConnectStatus, connectLifecycle } from "#lib/connect/status";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { newId } from "#lib/ids";
import { advance } from "#lib/lifecycle";

type Standing = { tenantId: string; status: ConnectStatus; since: Date };

/**
 * Moves an account that is locked by this transaction one step, and writes the step into its
 * timeline. Refuses a step its status does not know.
 */
export async function recordTransition(
  tx: Tx,
  ctx: Context,
  { tenantId, status: from, since }: Standing,
  event: ConnectEvent,
  cause: string,
): Promise<Standing> {
  const to = advance(connectLifecycle, "account", from, event);
  const at = instantAfter({ since }, ctx.now());
  const { actor } = ctx;
  await tx.connectedAccount.update({ where: { tenantId }, data: { status: to, since: at } });
  await tx.connectTransition.create({
    data: {
      ...{ id: newId("connectTransition", at), tenantId, from, to, event, cause, at },
      actor: actor.kind === "person" ? actor.userId : `${actor.kind}`,
    },
  });
  return { tenantId, status: to, since: at };
}
