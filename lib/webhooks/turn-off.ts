import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { actAs } from "#lib/events/act-as";
import { queueMail } from "#lib/mail/queue-mail";
import { platformOwner } from "#lib/webhooks/owner";

/**
 * Stops sending to an endpoint, by our own decision, and tells those who can mend it. What waited
 * has failed with it, and can be replayed once the endpoint is on again.
 */
export async function turnOff(
  tx: Tx,
  ctx: Context,
  endpointId: string,
  because: "failing" | "gone",
): Promise<void> {
  await actAs(tx, "webhooks.turn-off", ctx.traceId);
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id: endpointId, disabledAt: null },
    data: { disabledAt: ctx.now(), disabledBecause: because },
  });
  if (count === 0) return;
  await failWaiting(tx, endpointId, ctx.now());
  await mailTheirPeople(tx, ctx, endpointId, because === "gone");
}

/** Nothing waits at an endpoint that is off. */
export async function failWaiting(tx: Tx, endpointId: string, failedAt: Date): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { endpointId, status: "queued" },
    data: { status: "failed", failedAt, dueAt: null, claimedUntil: null },
  });
}

async function mailTheirPeople(tx: Tx, ctx: Context, endpointId: string, isGone: boolean) {
  const { url, tenantId, disabledAt } = await tx.webhookEndpoint.findUniqueOrThrow({
    where: { id: endpointId },
  });
  const { name, pages, people } =
    tenantId === platformOwner ? await readHouse(tx) : await readTenant(tx, tenantId);
  for (const { id, email } of people) {
    await queueMail(tx, ctx, {
      template: "webhook-off",
      reference: `webhook-off:${endpointId}:${disabledAt?.toISOString()}:${id}`,
      to: email,
      data: { tenant: name, endpoint: url, isGone, path: `${pages}/endpoints/${endpointId}` },
    });
  }
}

/** Those who can mend an endpoint, and where its pages are. */
type Menders = { name: string; pages: string; people: readonly { id: string; email: string }[] };

async function readTenant(tx: Tx, tenantId: string): Promise<Menders> {
  const { name, slug } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const members = await tx.member.findMany({
    where: { tenantId, role: { in: ["owner", "developer"] } },
    select: { user: { select: { id: true, email: true } } },
  });
  return { name, pages: `/${slug}/developers`, people: members.map(({ user }) => user) };
}

async function readHouse(tx: Tx): Promise<Menders> {
  const people = await tx.user.findMany({
    where: { platformRole: "admin" },
    select: { id: true, email: true },
  });
  return { name: "Lockstep", pages: "/admin/webhooks", people };
}
