import { Prisma } from "#lib/db/generated/client";
import type { NodeKind } from "#lib/trace/node";

/** Every way from one thing to the next, by its name. */
export const edgeNames = [
  ...(["counted", "told", "billed", "settled_late", "line", "credited", "paid_by"] as const),
  ...(["made_by", "charged_by", "charged", "refunded", "disputed", "passed_on"] as const),
  ...(["received", "shared", "fee_returned", "reversed", "taken_back", "settled"] as const),
  ...(["cost", "dispute_cost", "paid_out", "arrived", "entered", "corrected"] as const),
] as const;
export type EdgeName = (typeof edgeNames)[number];

/**
 * How one kind of thing leads to another, walked by an index either way. Both statements read
 * `w.scope` and `w.id` (`w.num`) of where they begin, and answer with (scope, id) of where they
 * lead.
 */
export type Edge = {
  readonly name: EdgeName;
  readonly from: readonly NodeKind[];
  readonly to: NodeKind;
  /**
   * Many go into one that holds others too: a payout's balance transactions, an invoice's lines.
   * Whoever came up into it does not go down again: what else is in it is another's story.
   */
  readonly gathers?: true;
  readonly forward: Prisma.Sql;
  /** `of`: the thing itself names what it was made from, and is of that alone. */
  readonly backward: Prisma.Sql | "of";
};

// What the usage of a line is: the meter of its price, and its period.
const usageOfLine = Prisma.raw(`stripe_invoice_lines l
  join prices p on p.stripe_price_id = l.price_id
  join components c on c.id = p.component_id and c.meter_key is not null`);
const pricesOfMeter = (meter: string) =>
  Prisma.raw(`array(select p.stripe_price_id from components c
    join prices p on p.component_id = c.id
    where c.meter_key = ${meter} and p.stripe_price_id is not null)`);
/** When a line's invoice was final: what is heard of later is settled by another line. */
const finalOf = (line: string) =>
  Prisma.raw(`cross join lateral (select coalesce(to_timestamp(
      (v.object -> 'status_transitions' ->> 'finalized_at')::bigint), 'infinity') as at
    from stripe_invoices v where v.account = ${line}.account and v.id = ${line}.invoice_id) final`);
const isInTime = Prisma.sql`e.received_at <= final.at
  and (e.voided_at is null or e.voided_at > final.at)`;
const isLate = Prisma.sql`(a.why <> 'late' or e.received_at > final.at
  or coalesce(e.voided_at, e.corrected_at) > final.at)`;
const finalOfAdjusted = Prisma.raw(`cross join lateral (select coalesce(to_timestamp(
    (v.object -> 'status_transitions' ->> 'finalized_at')::bigint), 'infinity') as at
  from stripe_invoices v where v.account = '' and v.id = a.invoice_id) final`);
const itemOf = Prisma.raw(`l.object -> 'parent' -> 'invoice_item_details' ->> 'invoice_item'`);

const settling = [
  ...(["charge", "refund", "dispute", "application_fee", "fee_refund"] as const),
  ...(["transfer", "transfer_reversal", "payout"] as const),
] as const satisfies readonly NodeKind[];
const entered = [...settling, "invoice", "credit_note", "balance_transaction"] as const;

/** Every way from one thing to the next. A kind that no row names is led to by nothing. */
export const edges: readonly Edge[] = [
  {
    ...{ name: "counted", from: ["usage_event"], to: "invoice_line", gathers: true },
    forward: Prisma.sql`select l.account as scope, l.id
      from usage_events e cross join lateral (
        select * from stripe_invoice_lines l where l.tenant_id = e.tenant_id and l.account = ''
          and l.price_id = any(${pricesOfMeter("e.meter_key")})
          and l.period_end_at > e.at and l.period_start_at <= e.at) l ${finalOf("l")}
      where e.tenant_id = w.scope and e.key = w.id and ${isInTime}
      order by l.period_end_at, l.id`,
    backward: Prisma.sql`select e.tenant_id as scope, e.key as id
      from ${usageOfLine} ${finalOf("l")}
        join usage_events e on e.tenant_id = l.tenant_id and e.meter_key = c.meter_key
          and e.at >= l.period_start_at and e.at < l.period_end_at
      where l.account = w.scope and l.id = w.id and ${isInTime} order by e.at desc`,
  },
  {
    ...{ name: "told", from: ["usage_event"], to: "meter_event", gathers: true },
    forward: Prisma.sql`select f.tenant_id as scope, f.id
      from usage_events e join meters m on m.key = e.meter_key
        join usage_flushes f on f.tenant_id = e.tenant_id and f.meter_key = e.meter_key
          and f.starts_at <= e.at and f.ends_at > e.at
          and f.starts_at > e.at - case when m.aggregation in ('sum', 'count')
            then interval '1 hour' else interval '400 days' end
      where e.tenant_id = w.scope and e.key = w.id order by f.starts_at desc, f.id`,
    backward: Prisma.sql`select e.tenant_id as scope, e.key as id
      from usage_flushes f join usage_events e on e.tenant_id = f.tenant_id
        and e.meter_key = f.meter_key and e.at >= f.starts_at and e.at < f.ends_at
      where f.tenant_id = w.scope and f.id = w.id order by e.at desc`,
  },
  {
    ...{ name: "billed", from: ["meter_event"], to: "invoice_line", gathers: true },
    forward: Prisma.sql`select l.account as scope, l.id
      from usage_flushes f cross join lateral (
        select * from stripe_invoice_lines l where l.tenant_id = f.tenant_id and l.account = ''
          and l.price_id = any(${pricesOfMeter("f.meter_key")})
          and l.period_end_at > f.stamped_at and l.period_start_at <= f.stamped_at) l
        ${finalOf("l")}
      where f.tenant_id = w.scope and f.id = w.id and f.refused_at is null
        and f.sent_at <= final.at order by l.period_end_at, l.id`,
    backward: Prisma.sql`select f.tenant_id as scope, f.id
      from ${usageOfLine} ${finalOf("l")}
        join usage_flushes f on f.tenant_id = l.tenant_id and f.meter_key = c.meter_key
          and f.stamped_at >= l.period_start_at and f.stamped_at < l.period_end_at
          and f.starts_at > l.period_start_at - interval '1 hour'
          and f.starts_at < l.period_end_at
      where l.account = w.scope and l.id = w.id and f.refused_at is null
        and f.sent_at <= final.at order by f.starts_at desc, f.id`,
  },
  {
    ...{ name: "settled_late", from: ["usage_event"], to: "invoice_line", gathers: true },
    forward: Prisma.sql`select l.account as scope, l.id
      from usage_events e join usage_adjustments a on a.tenant_id = e.tenant_id
          and a.meter_key = e.meter_key and a.period_start_at <= e.at and a.period_end_at > e.at
          and a.stripe_item_id is not null ${finalOfAdjusted}
        join stripe_invoice_lines l on l.tenant_id = a.tenant_id and l.account = ''
          and ${itemOf} = a.stripe_item_id
      where e.tenant_id = w.scope and e.key = w.id and ${isLate} order by l.id`,
    backward: Prisma.sql`select e.tenant_id as scope, e.key as id
      from stripe_invoice_lines l join usage_adjustments a on a.tenant_id = l.tenant_id
          and a.stripe_item_id = ${itemOf} ${finalOfAdjusted}
        join usage_events e on e.tenant_id = a.tenant_id and e.meter_key = a.meter_key
          and e.at >= a.period_start_at and e.at < a.period_end_at
      where l.account = w.scope and l.id = w.id and ${isLate} order by e.at desc`,
  },
  {
    ...{ name: "line", from: ["invoice_line"], to: "invoice", gathers: true },
    forward: Prisma.sql`select t.account as scope, t.invoice_id as id from stripe_invoice_lines t
      where t.account = w.scope and t.id = w.id`,
    backward: Prisma.sql`select t.account as scope, t.id from stripe_invoice_lines t
      where t.account = w.scope and t.invoice_id = w.id order by t.id`,
  },
  refers("credited", "credit_note", "stripe_credit_notes", "invoice_id", "invoice"),
  refers("paid_by", "invoice_payment", "stripe_invoice_payments", "invoice_id", "invoice"),
  names("made_by", "invoice_payment", "payment_intent_id", "payment_intent"),
  names("charged_by", "invoice_payment", "charge_id", "charge"),
  refers("charged", "charge", "stripe_charges", "payment_intent_id", "payment_intent"),
  refers("refunded", "refund", "stripe_refunds", "charge_id", "charge"),
  refers("disputed", "dispute", "stripe_disputes", "charge_id", "charge"),
  refers("passed_on", "transfer", "stripe_transfers", "source_transaction_id", "charge"),
  {
    ...{ name: "received", from: ["transfer"], to: "charge" },
    forward: Prisma.sql`select t.destination as scope, t.object ->> 'destination_payment' as id
      from stripe_transfers t where t.account = w.scope and t.id = w.id
        and t.object ->> 'destination_payment' is not null`,
    backward: Prisma.sql`select '' as scope, t.object ->> 'source_transfer' as id
      from stripe_charges t where t.account = w.scope and t.id = w.id and t.account <> ''
        and t.object ->> 'source_transfer' is not null`,
  },
  {
    ...{ name: "shared", from: ["charge"], to: "application_fee" },
    forward: Prisma.sql`select t.account as scope, t.id from stripe_application_fees t
      where t.charge_id = w.id and t.payer = w.scope order by t.id`,
    backward: Prisma.sql`select t.payer as scope, t.charge_id as id from stripe_application_fees t
      where t.account = w.scope and t.id = w.id
        and t.charge_id is not null and t.payer is not null`,
  },
  refers("fee_returned", "fee_refund", "stripe_fee_refunds", "fee_id", "application_fee"),
  refers("reversed", "transfer_reversal", "stripe_transfer_reversals", "transfer_id", "transfer"),
  refers("taken_back", "transfer_reversal", "stripe_transfer_reversals", "refund_id", "refund"),
  {
    ...{ name: "settled", from: settling, to: "balance_transaction", backward: "of" },
    // What passes between the platform and an account is the platform's, and told to the account.
    forward: Prisma.sql`select t.account as scope, t.id from stripe_balance_transactions t
      where t.source_id = w.id and t.type <> 'stripe_fee'
        and (t.account = w.scope or w.id ~ '^(fee|fr|tr|trr)_') order by t.created_at, t.id`,
  },
  costs("cost", "charge", "stripe_charges"),
  costs("dispute_cost", "dispute", "stripe_disputes"),
  {
    ...{ name: "paid_out", from: ["balance_transaction"], to: "payout", gathers: true },
    forward: Prisma.sql`select t.account as scope, t.payout_id as id from payout_parts t
      where t.account = w.scope and t.id = w.id`,
    backward: Prisma.sql`select t.account as scope, t.id from payout_parts t
      where t.account = w.scope and t.payout_id = w.id order by t.created_at desc, t.id desc`,
  },
  {
    ...{ name: "arrived", from: ["payout"], to: "bank" },
    forward: Prisma.sql`select t.account as scope, t.bank_reference as id from stripe_payouts t
      where t.account = w.scope and t.id = w.id and t.bank_reference is not null`,
    backward: Prisma.sql`select t.account as scope, t.id from stripe_payouts t
      where t.bank_reference = w.id and t.account = w.scope order by t.id`,
  },
  {
    ...{ name: "entered", from: entered, to: "entry", backward: "of" },
    forward: Prisma.sql`select b.key as scope, t.id::text as id
      from ledger_entries t join ledger_books b on b.id = t.book_id
      where t.object_id = w.id and b.key = case w.scope when '' then 'platform' else w.scope end
      order by t.id`,
  },
  {
    ...{ name: "corrected", from: ["entry"], to: "entry" },
    forward: Prisma.sql`select w.scope, t.id::text as id
      from ledger_entries e join ledger_entries t on t.book_id = e.book_id
        and t.corrects = e.reference where e.id = w.num order by t.id`,
    backward: Prisma.sql`select w.scope, t.id::text as id
      from (select * from ledger_entries where id = w.num offset 0) e
        join ledger_entries t on t.book_id = e.book_id and t.reference = e.corrects`,
  },
];

/** What Stripe takes for it by itself, of the platform where that pays for its accounts. */
function costs(name: EdgeName, from: NodeKind, table: string): Edge {
  return {
    ...{ name, from: [from], to: "balance_transaction" },
    forward: Prisma.sql`select t.account as scope, t.id from stripe_balance_transactions t
      where t.source_id = w.id and t.type = 'stripe_fee' and t.account in ('', w.scope)
      order by t.created_at, t.id`,
    backward: Prisma.raw(`select s.account as scope, s.id from stripe_balance_transactions t
      cross join lateral (select t.account union
        select account_id from connected_accounts where t.account = '') of
      join ${table} s on s.account = of.account and s.id = t.source_id
      where t.account = w.scope and t.id = w.id and t.type = 'stripe_fee'`),
  };
}

/** What came of one thing names it: its refunds, its reversals. */
function refers(name: EdgeName, to: NodeKind, table: string, column: string, from: NodeKind): Edge {
  const [forward, backward] = columnWays(table, column);
  return { name, from: [from], to, forward, backward };
}

/** To the rows that name it, and from a row to what it names. */
function columnWays(table: string, column: string): [Prisma.Sql, Prisma.Sql] {
  return [
    Prisma.raw(`select t.account as scope, t.id from ${table} t
      where t.account = w.scope and t.${column} = w.id order by t.id`),
    Prisma.raw(`select t.account as scope, t.${column} as id from ${table} t
      where t.account = w.scope and t.id = w.id and t.${column} is not null`),
  ];
}

/** A payment of an invoice names what made it, and leads on to that. */
function names(name: EdgeName, from: NodeKind, column: string, to: NodeKind): Edge {
  const [backward, forward] = columnWays("stripe_invoice_payments", column);
  return { name, from: [from], to, forward, backward };
}
