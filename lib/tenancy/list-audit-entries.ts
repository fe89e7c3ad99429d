import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type AuditPage, describeEntries } from "#lib/tenancy/audit-entry";
import type { TenantContext } from "#lib/tenancy/context";
import type { AuditQuery } from "#lib/tenancy/input";
import { requirePermission } from "#lib/tenancy/permissions";

/** A page of the tenant's audit log, newest first. */
export async function listAuditEntries(ctx: TenantContext, query: AuditQuery): Promise<AuditPage> {
  requirePermission(ctx, "audit:read");
  const { action, actor, target, limit } = query;
  const cursor = readCursor(query.cursor);

  const rows = await view(ctx, (tx) =>
    tx.auditEntry.findMany({
      where: {
        chain: ctx.tenantId,
        ...(action === undefined ? {} : { action: { startsWith: action } }),
        ...(actor === undefined ? {} : { actor }),
        ...(target === undefined ? {} : { targetId: target }),
        ...(cursor === undefined ? {} : { sequence: { lt: cursor } }),
      },
      orderBy: { sequence: "desc" },
      take: limit + 1,
      omit: { hash: true, previousHash: true },
    }),
  );
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? String(page.at(-1)!.sequence) : null;
  return { rows: await describeEntries(ctx, page), next };
}

function readCursor(cursor: string | undefined): bigint | undefined {
  if (cursor === undefined) return undefined;
  if (/^\d{1,18}$/.test(cursor)) return BigInt(cursor);
  const message = "This page link is broken; open the list anew.";
  throw new Refusal("invalid", message, { field: "cursor" });
}
