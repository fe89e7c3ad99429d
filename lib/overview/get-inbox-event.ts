import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type InboxRow, rowColumns, withLag } from "#lib/overview/list-inbox-events";
import { type MirroredObject, readMirrored } from "#lib/overview/read-mirrored";
import { type Act, readDecisions, readTrace } from "#lib/overview/read-trace";
import { type FactRow, readYield } from "#lib/overview/read-yield";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { mayOnPlatform, requirePlatform } from "#lib/tenancy/permissions";

export type InboxEventPage = InboxRow & {
  partition: number;
  /** When it was true at Stripe. */
  instant: Date;
  traceId: string;
  body: unknown;
  convergence: Convergence;
  /** What we hold of the object it is about. */
  mirrored: MirroredObject | null;
  /** What convergence on its object found out, by this event or by another. */
  facts: FactRow[];
  /** The other events of the same object, newest first. */
  siblings: InboxRow[];
  /** What people decided about it, and what its trace holds; null where the role may not see. */
  acts: { decisions: Act[]; trace: Act[] } | null;
  tenant: { id: string; name: string } | null;
};

/** How an event was handled: with which others of its object at once, and by whom. */
export type Convergence = {
  together: InboxRow[];
  /** Which worker, or the name of the person who gave it up. */
  by: string | null;
};

const siblingsAtMost = 25;

/** One event with its payload, what became of it, what it led to, and the events around it. */
export async function getInboxEvent(ctx: PlatformContext, id: string): Promise<InboxEventPage> {
  requirePlatform(ctx, "events:read");
  const mayAudit = mayOnPlatform(ctx.platformRole, "audit:read");

  return view(ctx, async (tx) => {
    const event = await findEvent(tx, id);
    const { objectId, objectType, account, traceId } = event;
    const facts = await readYield(tx, objectId);
    const mirrored = await readMirrored(tx, objectType, { account, id: objectId });
    const tenantId = mirrored?.tenantId ?? facts.find((fact) => fact.tenantId)?.tenantId;
    return {
      ...event,
      ...{ facts, mirrored },
      convergence: await readConvergence(tx, event),
      siblings: await readSiblings(tx, event, Prisma.sql`true`),
      acts: mayAudit
        ? { decisions: await readDecisions(tx, id), trace: await readTrace(tx, traceId) }
        : null,
      tenant: await findTenant(tx, tenantId ?? null, account),
    };
  });
}

type Found = InboxRow & Pick<InboxEventPage, "partition" | "instant" | "traceId" | "body">;

async function findEvent(tx: Tx, id: string): Promise<Found> {
  const [found] = await tx.$queryRaw<Omit<Found, "lagMs">[]>`
    select e.id, ${rowColumns}, e.partition, e.instant, e.trace_id as "traceId", e.body
    from inbox_events e where e.id = ${id}`;
  if (!found) throw new Refusal("not_found", "There is no such event.");
  const { partition, instant, traceId, body, ...row } = found;
  return { ...withLag(row), partition, instant, traceId, body };
}

/** What was converged in one transaction was handled at one instant. */
async function readConvergence(tx: Tx, event: Found): Promise<Convergence> {
  const { handledAt, handledBy, status } = event;
  if (status === "discarded" && handledBy) {
    const names = await namesOf(tx, [handledBy]);
    return { together: [], by: names.get(handledBy) ?? handledBy };
  }
  if (!handledAt || status !== "done") return { together: [], by: null };
  const together = await readSiblings(tx, event, Prisma.sql`e.handled_at = ${handledAt}`);
  return { together, by: handledBy };
}

async function readSiblings(tx: Tx, event: Found, which: Prisma.Sql): Promise<InboxRow[]> {
  const rows = await tx.$queryRaw<Omit<InboxRow, "lagMs">[]>`
    select e.id, ${rowColumns} from inbox_events e
    where e.object_id = ${event.objectId} and e.account = ${event.account}
      and e.id <> ${event.id} and ${which}
    order by e.received_at desc, e.id desc limit ${siblingsAtMost}`;
  return rows.map(withLag);
}

function findTenant(tx: Tx, id: string | null, account: string) {
  if (!id && !account) return null;
  return tx.tenant.findFirst({
    where: id ? { id } : { stripeAccountId: account },
    select: { id: true, name: true },
  });
}
