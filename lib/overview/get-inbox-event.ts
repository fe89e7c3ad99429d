import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type InboxRow, toInboxRow } from "#lib/overview/list-inbox-events";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type FactRow = {
  reference: string;
  kind: string;
  at: Date;
  tenantId: string | null;
  eventId: string | null;
};
export type InboxEventPage = InboxRow & {
  partition: number;
  /** When it was true at Stripe. */
  instant: Date;
  traceId: string;
  body: unknown;
  /** What convergence on its object found out, by this event or by another. */
  facts: FactRow[];
  /** The other events of the same object, newest first. */
  siblings: InboxRow[];
  tenant: { id: string; name: string } | null;
};

/** One event with its payload, what it led to, and the events around it. */
export async function getInboxEvent(ctx: PlatformContext, id: string): Promise<InboxEventPage> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const event = await tx.inboxEvent.findFirst({ where: { id } });
    if (!event) throw new Refusal("not_found", "There is no such event.");

    const { objectId, account, partition, instant, traceId, body } = event;
    const facts = await tx.fact.findMany({
      where: { objectId },
      orderBy: { at: "desc" },
      omit: { data: true, objectId: true },
    });
    const siblings = await tx.inboxEvent.findMany({
      where: { objectId, account, NOT: { id } },
      orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
      take: 20,
      omit: { body: true },
    });
    const tenantId = facts.find((fact) => fact.tenantId)?.tenantId;
    const tenant = tenantId
      ? await tx.tenant.findUnique({ where: { id: tenantId }, select: { id: true, name: true } })
      : null;
    const page = { partition, instant, traceId, body, facts, tenant };
    const { body: _, ...row } = event;
    return { ...toInboxRow(row), ...page, siblings: siblings.map(toInboxRow) };
  });
}
