import { z } from "zod";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import {
  type AttentionItem,
  type AttentionKind,
  attentionKindNames,
  byUrgency,
} from "#lib/overview/attention";
import { readNegativeBalances } from "#lib/overview/negative-balances";
import { readVolumes } from "#lib/overview/read-volumes";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const attentionQuery = z.object({ kind: z.enum(attentionKindNames).optional() });
export type AttentionQuery = z.output<typeof attentionQuery>;

export type Attention = {
  items: AttentionItem[];
  /** How many of each kind there are, whichever are shown; counted to a bound. */
  counts: Record<AttentionKind, number>;
  isCut: boolean;
};

/** So many of each kind are looked at, and so many shown. */
const looked = 500;
const shown = 200;

/** What wants a person of the platform across all tenants, the most urgent first. */
export async function listAttention(
  ctx: PlatformContext,
  { kind }: AttentionQuery = {},
): Promise<Attention> {
  requirePlatform(ctx, "tenants:read");
  const now = ctx.now();

  return view(ctx, async (tx) => {
    const rows = [...(await readItems(tx, now)), ...(await readBelowNothing(tx))];
    const counts = Object.fromEntries(
      attentionKindNames.map((name) => [name, rows.filter((row) => row.kind === name).length]),
    ) as Attention["counts"];
    const wanted = rows.filter((row) => kind === undefined || row.kind === kind);
    const volumes = await readVolumes(
      tx,
      wanted.filter(({ minor }) => minor === null).map(({ tenantId }) => tenantId),
      now,
    );
    const items = wanted.map(({ tenantId, tenant, minor, currency, ...row }): AttentionItem => {
      const own = minor !== null && currency !== null ? [{ minor, currency }] : null;
      const amounts = own ?? volumes.get(tenantId) ?? [];
      return { bearer: null, ...row, tenant: { id: tenantId, name: tenant }, amounts };
    });
    const sorted = items.toSorted(byUrgency(now));
    return { items: sorted.slice(0, shown), counts, isCut: sorted.length > shown };
  });
}

type Row = Pick<AttentionItem, "kind" | "objectId" | "detail" | "by" | "since"> & {
  tenantId: string;
  tenant: string;
  minor: bigint | null;
  currency: string | null;
  bearer?: AttentionItem["bearer"];
};

/** One row for each currency an account is short of. */
async function readBelowNothing(tx: Tx): Promise<Row[]> {
  const found = await readNegativeBalances(tx, looked);
  return found.map(({ cause, bearer, accountId, ...row }) => {
    const who = bearer === "stripe" ? "Stripe bears it" : "we bear it";
    const detail = cause ? `${cause} took it there; ${who}` : `Long ago; ${who}`;
    const objectId = `${accountId}/${row.currency}`;
    return { ...row, kind: "negative_balance", objectId, detail, by: null, bearer };
  });
}

function readItems(tx: Tx, now: Date): Promise<Row[]> {
  const soon = new Date(now.getTime() + 14 * 86_400_000);
  return tx.$queryRaw<Row[]>`
    with found as (
      (select 'appeal' as kind, tenant_id, id as object_id, text as detail, null::timestamptz as by,
        made_at as since, null::bigint as minor, null::text as currency
        from connect_appeals where decided_at is null order by made_at limit ${looked})
      union all (select 'hold', tenant_id, id, reason, until, placed_at, null, null
        from connect_holds h where ended_at is null and not exists (
          select from connect_appeals a where a.hold_id = h.id and a.decided_at is null)
        order by placed_at limit ${looked})
      union all (select 'requirements_overdue', tenant_id, account_id, overdue || ' overdue',
        due_at, since, null, null from connected_accounts
        where overdue > 0 and status not in ('closed', 'suspended', 'disconnected')
        limit ${looked})
      union all (select 'restricted', tenant_id, account_id, asked || ' asked', due_at, since,
        null, null from connected_accounts
        where status = 'restricted' and overdue = 0 limit ${looked})
      union all (select 'disconnected', tenant_id, account_id, '', null, since, null, null
        from connected_accounts where status = 'disconnected' order by since desc
        limit ${looked})
      union all (select 'requirements_due', tenant_id, account_id, asked || ' asked', due_at, since,
        null, null from connected_accounts
        where asked > 0 and overdue = 0 and due_at <= ${soon}
          and status not in ('closed', 'suspended', 'disconnected', 'restricted')
        order by due_at limit ${looked})
      union all (select 'dispute_due', tenant_id, id, coalesce(reason, ''), due_at,
        coalesce(created_at, instant), amount_minor, currency from stripe_disputes
        where status in ('needs_response', 'warning_needs_response') and not is_deleted
          and tenant_id is not null order by due_at limit ${looked})
      union all (select 'payout_failed', tenant_id, id, coalesce(failure_code, ''), null,
        coalesce(created_at, instant), amount_minor, currency from stripe_payouts p
        where status = 'failed' and not is_deleted and tenant_id is not null and not exists (
          select from stripe_payouts later where later.tenant_id = p.tenant_id
            and later.currency = p.currency and later.status = 'paid'
            and later.created_at > p.created_at)
        order by created_at desc limit ${looked})
      union all (select 'unpaid', i.tenant_id, i.id, s.status, i.due_at, i.created_at,
        i.amount_due_minor, i.currency from invoices i
        join subscriptions s on s.tenant_id = i.tenant_id
          and s.status in ('past_due', 'unpaid') and s.id = i.subscription_id
        where i.status = 'open' order by i.created_at limit ${looked})
    )
    select f.kind, f.tenant_id as "tenantId", t.name as tenant, f.object_id as "objectId",
      f.detail, f.by, f.since, f.minor, f.currency
    from found f join tenants t on t.id = f.tenant_id`;
}
