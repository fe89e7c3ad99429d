import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { may, requirePermission, requirePlatform } from "#lib/tenancy/permissions";
import { findStarts } from "#lib/trace/find-starts";
import { readByIndexes } from "#lib/trace/follow";
import type { TraceQuery } from "#lib/trace/input";
import { type NodeKey, type NodeKind, nodeKinds } from "#lib/trace/node";
import type { Whose } from "#lib/trace/read-nodes";
import { type Trace, walk } from "#lib/trace/walk";

/** Who traces: the platform's people, or a tenant's within its own. */
export type Tracer = PlatformContext | TenantContext;

export type TraceFound = Trace & {
  /** What else is called so: a trace begins at one of them. */
  readonly alsoNamed: readonly NodeKey[];
};

/**
 * From anything that money goes through to all the others it leads to, both ways. A tenant's own
 * trace holds what its role may see of its own; of the platform's balance and books nothing.
 */
export async function traceFrom(
  ctx: Tracer,
  { id, width, kind, scope }: TraceQuery & { id: string },
): Promise<TraceFound> {
  requireTracer(ctx);

  const { whose, mayShow } = sightOf(ctx);
  return view(ctx, async (tx) => {
    await readByIndexes(tx);
    const wanted = { id, ...(kind && { kind }), ...(scope !== undefined && { scope }) };
    const [start, ...others] = await findStarts(tx, whose, wanted, mayShow);
    if (!start) throw new Refusal("not_found", unknownOf(id, isTenants(ctx)), { field: "id" });
    const trace = await walk(tx, whose, start, { width, mayShow });
    const alsoNamed = others.map((one) => ({ kind: one.kind, scope: one.scope, id: one.id }));
    return { ...trace, alsoNamed };
  });
}

function requireTracer(ctx: Tracer): void {
  if (isTenants(ctx)) requirePermission(ctx, "payments:read");
  else requirePlatform(ctx, "ledger:read");
}

function sightOf(ctx: Tracer): { whose: Whose; mayShow: (kind: NodeKind) => boolean } {
  if (!isTenants(ctx)) return { whose: {}, mayShow: () => true };
  const mayShow = (kind: NodeKind) => may(ctx, nodeKinds[kind].permission);
  return { whose: { tenantId: ctx.tenantId }, mayShow };
}

function isTenants(ctx: Tracer): ctx is TenantContext {
  return "tenantId" in ctx;
}

/** What begins a trace, said where an id is of something that does not. */
function unknownOf(id: string, isOwn: boolean): string {
  if (/^(sub|cus|acct|price|prod|evt|ten)_/.test(id)) {
    return `${id} moves no money by itself. Begin at one of its invoices, payments or payouts.`;
  }
  const where = "as Stripe, the bank or the ledger has it";
  const usage = isOwn ? "" : " A usage event is named with its tenant: acme/its-key.";
  return `Nothing here is called ${id}. Take the whole id, ${where}.${usage}`;
}
