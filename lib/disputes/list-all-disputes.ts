import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { type DisputeFacts, disputeOf } from "#lib/disputes/dispute";
import type { AllDisputesQuery } from "#lib/disputes/input";
import { inState } from "#lib/disputes/list-disputes";
import { isSale, type MirrorRow } from "#lib/disputes/store";
import { Refusal } from "#lib/errors";
import { type Page, pageSize } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** A dispute as the console lists it. */
export type AnyDispute = DisputeFacts & {
  tenant: { id: string; name: string } | null;
  /** Of what the tenant itself pays the platform, and not of what it sells. */
  isOurs: boolean;
  hasDraft: boolean;
};
type Row = MirrorRow & {
  tenantId: string | null;
  tenantName: string | null;
  isOurs: boolean;
  hasDraft: boolean;
  /** By what it stands in its order. */
  place: string;
};

/** By which column a list is ordered, and how its first page begins. */
const orders = {
  deadline: { by: Prisma.sql`coalesce(d.due_at, 'infinity'::timestamptz)`, isDown: false },
  // Amounts are put in order within their currency; between currencies nothing is claimed.
  value: {
    by: Prisma.sql`d.currency || ' ' || lpad((1e15::bigint - d.amount_minor)::text, 16, '0')`,
    isDown: false,
  },
  newest: { by: Prisma.sql`d.created_at`, isDown: true },
} as const;

/** Every tenant's disputes and the platform's own, those with the soonest deadline first. */
export async function listAllDisputes(
  ctx: PlatformContext,
  query: AllDisputesQuery,
): Promise<Page<AnyDispute>> {
  requirePlatform(ctx, "tenants:read");
  const { by, isDown } = orders[query.order];
  const [way, beyond] = isDown
    ? [Prisma.sql`desc`, Prisma.sql`<`]
    : [Prisma.sql`asc`, Prisma.sql`>`];
  const type = query.order === "value" ? Prisma.sql`text` : Prisma.sql`timestamptz`;

  const rows = await view(ctx, (tx) => {
    const after = query.cursor ? readCursor(query) : null;
    const from = after
      ? Prisma.sql`and (${by}, d.id) ${beyond} (${after.place}::${type}, ${after.id})`
      : Prisma.empty;
    return tx.$queryRaw<Row[]>`
      select d.account, d.id, d.object, d.tenant_id as "tenantId", t.name as "tenantName",
        not ${isSale} as "isOurs", (${by})::text as place,
        exists (select from dispute_answers a where a.account = d.account
          and a.dispute_id = d.id and a.status in ('draft', 'failed')) as "hasDraft"
      from stripe_disputes d left join tenants t on t.id = d.tenant_id
      where not d.is_deleted and ${inState(query.state)} ${bornBy(query)} ${ofTenant(query)} ${from}
      order by (${by}) ${way}, d.id ${way} limit ${pageSize + 1}`;
  });
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  return { rows: shown.map(anyDisputeOf), next: last ? cursorOf(last) : null };
}

function anyDisputeOf({ tenantId, tenantName, isOurs, hasDraft, ...row }: Row): AnyDispute {
  const tenant = tenantId === null ? null : { id: tenantId, name: tenantName ?? tenantId };
  return { ...disputeOf(row), tenant, isOurs, hasDraft };
}

function bornBy({ bearer }: AllDisputesQuery): Prisma.Sql {
  if (!bearer) return Prisma.empty;
  return bearer === "platform" ? Prisma.sql`and d.account = ''` : Prisma.sql`and d.account <> ''`;
}

function ofTenant({ tenant }: AllDisputesQuery): Prisma.Sql {
  if (!tenant) return Prisma.empty;
  return Prisma.sql`and (t.id = ${tenant} or t.slug = ${tenant}
    or t.name ilike ${`%${tenant.replaceAll(/[\\%_]/g, "\\$&")}%`})`;
}

function cursorOf({ place, id }: Row): string {
  return Buffer.from(JSON.stringify([place, id])).toString("base64url");
}

/** A place that the order asked for cannot hold is of another list, or made up. */
function readCursor({ cursor = "", order }: AllDisputesQuery): { place: string; id: string } {
  try {
    const [place, id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const isInstant = place === "infinity" || instantText.test(String(place));
    const isText = typeof place === "string" && typeof id === "string";
    if (isText && (order === "value" || isInstant)) return { place, id };
  } catch {
    // Said below.
  }
  throw new Refusal("invalid", "This page link is broken; open the list anew.", {
    field: "cursor",
  });
}

/** As PostgreSQL writes an instant. */
const instantText = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/;
