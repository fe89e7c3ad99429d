import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { keyOf, type NodeKey, type NodeKind, nodeKinds, type TraceNode } from "#lib/trace/node";

/** Whose rows a trace may show: a tenant's alone, or everyone's. */
export type Whose = { readonly tenantId?: string };

/** What a mirror of Stripe's says of each of its rows. The names are ours, never a caller's. */
type Said = {
  at?: string;
  minor?: string;
  currency?: string;
  state?: string;
  name?: string;
  quantity?: string;
  of?: string;
  counted?: string;
  note?: string;
};

function mirrored(table: string, said: Said = {}, join = ""): Prisma.Sql {
  const { at = "t.created_at", minor = "t.amount_minor", currency = "t.currency" } = said;
  const texts = (["state", "name", "quantity", "counted", "note", "of"] as const).map((column) => {
    return `(${said[column] ?? "null"})::text as "${column}"`;
  });
  return Prisma.raw(`select t.account as scope, t.id, t.tenant_id as "tenantId", ${at} as at,
    ${minor} as minor, ${currency} as currency, ${texts.join(", ")}
    from wanted w join ${table} t on t.account = w.scope and t.id = w.id ${join}`);
}

const lineUsage = `left join prices p on p.stripe_price_id = t.price_id
    left join components c on c.id = p.component_id and t.account = ''`;
const payoutNote = `case when not t.is_automatic then 'not_itemised'
    when r.read_at is null then 'awaited' end`;
const traced = "left join payout_traces r on r.account = t.account and r.payout_id = t.id";

/** How each kind is read: by its key, out of `wanted` (scope, id, num). */
const reads: Record<NodeKind, Prisma.Sql> = {
  usage_event: Prisma.sql`
    select distinct on (t.tenant_id, t.key) t.tenant_id as scope, t.key as id,
      t.tenant_id as "tenantId", t.at, null::bigint as minor, null as currency, null as state,
      t.meter_key as name, trim_scale(t.value)::text as quantity, null as counted,
      case when t.voided_at is not null then 'voided' end as note, null as "of"
    from wanted w join usage_events t on t.tenant_id = w.scope and t.key = w.id
    order by t.tenant_id, t.key, t.at desc`,
  meter_event: Prisma.sql`
    select t.tenant_id as scope, t.id, t.tenant_id as "tenantId", t.stamped_at as at,
      null::bigint as minor, null as currency,
      case when t.refused_at is not null then 'refused' when t.sent_at is not null then 'sent'
        else 'waiting' end as state,
      t.meter_key as name, trim_scale(t.value)::text as quantity, null as counted,
      case when t.refused_at is not null then 'not_billed' end as note, null as "of"
    from wanted w join usage_flushes t on t.tenant_id = w.scope and t.id = w.id`,
  invoice_line: mirrored(
    "stripe_invoice_lines",
    {
      ...{ at: "t.period_end_at", name: "t.description", quantity: "t.quantity" },
      counted: `case when c.meter_key is not null then trim_scale(
        app.usage_between(t.tenant_id, c.meter_key, t.period_start_at, t.period_end_at)) end`,
    },
    lineUsage,
  ),
  invoice: mirrored("stripe_invoices", {
    ...{ minor: "t.total_minor", state: "t.status", name: "t.number" },
  }),
  credit_note: mirrored("stripe_credit_notes", {
    ...{ minor: "t.total_minor", state: "t.status", name: "t.number" },
  }),
  invoice_payment: mirrored("stripe_invoice_payments", {
    ...{ minor: "t.amount_paid_minor", state: "t.status" },
  }),
  payment_intent: mirrored("stripe_payment_intents", { state: "t.status" }),
  charge: mirrored("stripe_charges", { state: "t.status" }),
  refund: mirrored("stripe_refunds", { state: "t.status" }),
  dispute: mirrored("stripe_disputes", { state: "t.status", name: "t.reason" }),
  application_fee: mirrored("stripe_application_fees"),
  fee_refund: mirrored("stripe_fee_refunds", { at: "t.made_at" }),
  transfer: mirrored("stripe_transfers", { name: "t.destination" }),
  transfer_reversal: mirrored("stripe_transfer_reversals", { at: "t.made_at" }),
  balance_transaction: mirrored("stripe_balance_transactions", {
    ...{ minor: "t.net_minor", state: "t.status", name: "t.type", of: "t.source_id" },
  }),
  payout: mirrored("stripe_payouts", { state: "t.status", note: payoutNote }, traced),
  bank: Prisma.sql`
    select t.account as scope, t.bank_reference as id, min(t.tenant_id) as "tenantId",
      min(t.arrives_at) as at, sum(t.amount_minor)::bigint as minor, t.currency, null as state,
      null as name, null as quantity, null as counted, null as note, null as "of"
    from wanted w join stripe_payouts t on t.account = w.scope and t.bank_reference = w.id
    group by t.account, t.bank_reference, t.currency`,
  entry: Prisma.sql`
    select b.key as scope, t.id::text, b.tenant_id as "tenantId", t.effective_at as at,
      moved.minor, moved.currency, t.kind as state, t.reference as name, null as quantity,
      null as counted, null as note, t.object_id as "of"
    from wanted w join ledger_entries t on t.id = w.num
      join ledger_books b on b.id = t.book_id and b.key = w.scope
      cross join lateral (
        select case when count(distinct a.currency) = 1 then sum(m.minor)::bigint end as minor,
          min(a.currency) as currency
        from ledger_moves m join ledger_accounts a on a.id = m.from_account
        where m.entry_id = t.id) moved`,
};

type Row = Omit<TraceNode, "amount"> & { minor: bigint | null; currency: string | null };

/** A key as a row of SQL. A number is one beside its text: no index is asked by what casts it. */
export function rowOf({ scope, id }: Pick<NodeKey, "scope" | "id">) {
  return { scope, id, num: /^\d{1,18}$/.test(id) ? id : null };
}

/** Keys as rows of SQL. */
export function keysAsRows(keys: readonly Pick<NodeKey, "scope" | "id">[]): Prisma.Sql {
  return Prisma.sql`select w.scope, w.id, w.num
    from json_to_recordset(${JSON.stringify(keys.map(rowOf))}::json)
      as w (scope text, id text, num bigint)`;
}

/** Nodes of one kind by `wanted`, rows of (scope, id, num). What is not theirs is not found. */
export async function readKind(
  tx: Tx,
  whose: Whose,
  kind: NodeKind,
  wanted: Prisma.Sql,
): Promise<TraceNode[]> {
  return (await tx.$queryRaw<Row[]>(nodesOf(whose, kind, wanted))).map(toNode);
}

/** Nodes of any kind by their keys, in one statement. */
export async function readNodes(
  tx: Tx,
  whose: Whose,
  keys: readonly NodeKey[],
): Promise<Map<string, TraceNode>> {
  if (keys.length === 0) return new Map();
  const parts = [...Map.groupBy(keys, (key) => key.kind)].map(([kind, ofKind]) =>
    nodesOf(whose, kind, keysAsRows(ofKind)),
  );
  const rows = await tx.$queryRaw<Row[]>(Prisma.join(parts, " union all "));
  return new Map(rows.map(toNode).map((node) => [keyOf(node), node]));
}

/** The statement that reads nodes of one kind. The wall of rows stands behind what it says. */
export function nodesOf({ tenantId }: Whose, kind: NodeKind, wanted: Prisma.Sql): Prisma.Sql {
  const isOfBalance = "isOfBalance" in nodeKinds[kind];
  const mine = tenantId === undefined ? Prisma.sql`true` : Prisma.sql`r."tenantId" = ${tenantId}`;
  const own = isOfBalance && tenantId !== undefined ? Prisma.sql`and r.scope <> ''` : Prisma.empty;
  return Prisma.sql`(
    with wanted as materialized (${wanted})
    select ${kind}::text as kind, r.scope, r.id, r."tenantId", r.at::timestamptz as at, r.minor,
      r.currency::text, r.state, r.name, r.quantity, r.counted, r.note, r."of"
    from (${reads[kind]}) r where ${mine} ${own})`;
}

function toNode({ minor, currency, ...row }: Row): TraceNode {
  return { ...row, amount: minor === null || currency === null ? null : { minor, currency } };
}
