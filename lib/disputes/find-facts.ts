import type { Context } from "#lib/context";
import { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { isSale } from "#lib/disputes/store";
import type { Effects, Fact } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { disputeFacts, fraudWarningFacts } from "#lib/mirror/money-facts";
import { asSystem } from "#lib/tenancy/as-system";

type Row = {
  type: "dispute" | "warning";
  id: string;
  tenantId: string | null;
  instant: Date;
  object: unknown;
  isSale: boolean;
};

/** Stripe closes a dispute within some months; what is older was told of long ago. */
const lookBackMs = 200 * 86_400_000;

/** Written at the same moment as its payment, it may not be known yet to be of the same tenant. */
const ownerOf = Prisma.sql`coalesce(d.tenant_id, (
  select c.tenant_id from stripe_charges c where c.account = '' and c.id = d.charge_id))`;

/**
 * Finds what is a fact by the platform's own disputes and warnings. Whether one is of a tenant's
 * sale or of what a tenant pays the platform is said by the payment, and that may be heard of later
 * than they are; so they are looked for, and not told by their convergence.
 */
export async function findFacts(ctx: Context, effects: Effects): Promise<number> {
  const system = asSystem(ctx);
  const since = new Date(ctx.now().getTime() - lookBackMs);
  const rows = await view(
    system,
    (tx) => tx.$queryRaw<Row[]>`
      select 'dispute' as type, d.id, ${ownerOf} as "tenantId", d.instant, d.object,
        ${isSale} as "isSale"
      from stripe_disputes d
      where d.account = '' and not d.is_deleted and d.created_at > ${since}
        and exists (select from stripe_charges c where c.account = '' and c.id = d.charge_id)
        and (select count(*) from facts f where f.reference = any(array[
          'dispute:' || d.id || ':opened', 'platform_dispute:' || d.id || ':opened',
          'dispute:' || d.id || ':' || d.status, 'platform_dispute:' || d.id || ':' || d.status]))
          < case when d.status in ('won', 'lost', 'warning_closed') then 2 else 1 end
      union all
      select 'warning', d.id, ${ownerOf}, d.instant, d.object, ${isSale}
      from stripe_fraud_warnings d
      where d.account = '' and not d.is_deleted and d.is_actionable and d.created_at > ${since}
        and exists (select from stripe_charges c where c.account = '' and c.id = d.charge_id)
        and not exists (select from facts f where f.reference = any(array[
          'fraud_warning:' || d.id || ':received',
          'platform_fraud_warning:' || d.id || ':received']))
      limit 500`,
  );
  // A sale whose seller is not known yet would be told to nobody.
  const known = rows.filter((row) => !row.isSale || row.tenantId !== null);
  if (known.length === 0) return 0;
  return transact(system, "disputes.find-facts", async (tx) => {
    const found = known.map((row) => ({ seen: seenOf(ctx, row), facts: factsOf(row) }));
    const facts = await keepNew(tx, found);
    if (facts.length > 0) await effects(tx, facts, ctx);
    return facts.length;
  });
}

/** What a tenant itself disputes is the platform's to know, and is not told to the tenant. */
function factsOf({ type, object, isSale: isTheirs, tenantId }: Row): Fact[] {
  const facts =
    type === "dispute" ? disputeFacts(object as never) : fraudWarningFacts(object as never);
  if (isTheirs) return facts.map((fact) => ({ ...fact, tenantId }));
  return facts.map(({ kind, reference, data }) => ({
    ...{ kind: `platform_${kind}`, reference: `platform_${reference}` },
    ...{ data: { ...data, tenantId }, tenantId: null },
  }));
}

function seenOf({ traceId }: Context, { id, object, instant }: Row) {
  return { id, account: "", object, instant, isDeleted: false, eventId: null, traceId };
}
