import { Prisma } from "#lib/db/generated/client";
import type { Edge, EdgeName } from "#lib/trace/edge";
import type { NodeKind } from "#lib/trace/node";
import { usageEdges } from "#lib/trace/usage-edges";

const hasNoCharge = Prisma.sql`and not exists (select from stripe_charges c
  where c.account = t.account and c.id = t.charge_id)`;

const settling = [
  ...(["charge", "refund", "dispute", "application_fee", "fee_refund"] as const),
  ...(["transfer", "transfer_reversal", "payout"] as const),
] as const satisfies readonly NodeKind[];
const entered = [...settling, "invoice", "credit_note", "balance_transaction"] as const;

/** Every way from one thing to the next. A kind that no row names is led to by nothing. */
export const edges: readonly Edge[] = [
  ...usageEdges,
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
  {
    // A refund can be told of before its charge, which is what leads to it once it is here.
    ...{ name: "refunded_early", from: ["payment_intent"], to: "refund" },
    forward: Prisma.sql`select t.account as scope, t.id from stripe_refunds t
      where t.payment_intent_id = w.id and t.account = w.scope ${hasNoCharge} order by t.id`,
    backward: Prisma.sql`select t.account as scope, t.payment_intent_id as id
      from stripe_refunds t where t.account = w.scope and t.id = w.id
        and t.payment_intent_id is not null ${hasNoCharge}`,
  },
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
    ...{ name: "sent_back", from: ["payout"], to: "payout" },
    forward: Prisma.sql`select t.account as scope, t.object ->> 'reversed_by' as id
      from stripe_payouts t where t.account = w.scope and t.id = w.id
        and t.object ->> 'reversed_by' is not null`,
    backward: Prisma.sql`select t.account as scope, t.object ->> 'original_payout' as id
      from stripe_payouts t where t.account = w.scope and t.id = w.id
        and t.object ->> 'original_payout' is not null`,
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
