import type { Client } from "pg";
import { mirrorTables } from "#lib/mirror/mirrors";

/** Tables whose writes are not in the audit log, each with the reason. */
export const unaudited: Record<string, string> = {
  audit_entries: "is the audit log",
  audit_heads: "is the end of the audit log",
  subscriptions: "mirrors Stripe's object, whose history is Stripe's events",
  invoices: "mirrors Stripe's object, whose history is Stripe's events",
  invoice_checks: "says itself who settled a difference, when and why",
  publishings: "says itself who began it, and how far it has come",
  migrated_subscribers: "says itself what became of each, and Stripe's events say the change",
  tax_rates: "repeats what Stripe's rates are, which never changes",
  back_test_runs: "says itself who began it, and what came of it",
  reconciliation_runs: "says itself who began it, and how far it has come",
  reconciliation_standings: "says how each check of each book stands",
  reconciled_balances: "says how Stripe's total and ours compare",
  reconciliation_marks: "lists what of the mirrors is not compared yet",
  reconciliation_breaks: "says what comparing found; what people decide is in its resolutions",
  stripe_report_lines: "repeats a file of Stripe's, line by line",
  backfills: "says how far a reading of Stripe's list has come",
  balance_feeds: "says how far a reading of Stripe's list has come",
  feed_wishes: "asks for a reading of Stripe's list, and is gone with it",
  ledger_waits: "lists what is looked at again, and is gone with it",
  ledger_walks: "says how far a walk over mirrors has come",
  revenue_schedules: "says what is still to be earned; the ledger says what was",
  breakers: "says how each process's requests to Stripe fare",
  inbox_waiting: "lists what of the inbox is unhandled, as the inbox itself says",
  inbox_leases: "says which worker holds what for some seconds",
  inbox_workers: "says which workers are alive for some seconds",
  resyncs: "says itself who began it, and how far it has come",
  sales: "follows Stripe's charges, whose history is Stripe's events",
  buyers: "says who paid, as Stripe's charges do",
  sale_checkouts: "says itself what was asked of whom, and what came of it",
  connect_transitions: "is append-only, and says itself who did what and why",
  facts: "is append-only and says itself from which event it came",
  payout_traces: "says how far a payout's parts were read",
  payout_parts: "repeats what Stripe says a payout is made of, which never changes",
  usage_events: "is append-only but for corrections, which are audited",
  usage_buckets: "sums up events, as anybody can again",
  usage_uniques: "sums up events, as anybody can again",
  usage_flushes: "is itself the record of what was sent",
  usage_comparisons: "says how our count and Stripe's compare",
  webhook_deliveries: "is itself the record of what was sent",
  webhook_attempts: "is itself the record of what was sent",
  webhook_standings: "says how sending to an endpoint goes, try by try",
  api_key_uses: "says when each secret was last used, request by request",
  idempotent_requests: "remembers answers for a day, sealed",
  mails: "is itself the record of what was sent",
  seat_syncs: "says how far Stripe knows of a tenant's seats, try by try",
  entitlements: "is worked out of what is recorded elsewhere",
  ledger_chart: "is part of the schema, and never changes",
  ledger_accounts: "follows from the first entry that names each",
  ledger_entries: "is append-only and sealed, and says itself what it was made from",
  ledger_moves: "is append-only and sealed with its entry",
  ledger_unfolded: "lists entries until the balances hold them",
  ledger_balances: "sums up moves, as anybody can again",
  ledger_days: "sums up moves, as anybody can again",
  ledger_slices: "sums up moves, as anybody can again",
  ledger_seals: "seals entries, and is append-only",
  ledger_counts: "says how far a book is worked out anew",
  ledger_counted_balances: "sums up moves until a count ends",
  ledger_counted_slices: "sums up moves until a count ends",
  ledger_closings: "is append-only, and says itself who closed what and why",
  rate_limits: "counts tries, by hashed keys that name nobody",
  ...Object.fromEntries(
    mirrorTables.map((table) => [
      table,
      "mirrors Stripe's object, whose history is Stripe's events",
    ]),
  ),
};

// A partition is walled by the whole it is part of, as long as nobody may read it by itself.
const ours = `select c.oid, c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname <> '_prisma_migrations'
    and not (c.relispartition and not has_table_privilege('lockstep_app', c.oid, 'select'))`;

/** What is wrong with the tables of a database: no wall, a half wall, or writes nobody records. */
export async function tableFaults(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; walled: boolean; audited: boolean }>(
    `select t.name, t.walled and (
        select count(distinct cmd) from pg_policies p
        where p.schemaname = 'public' and p.tablename = t.name
          and cmd in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) = 4 as walled,
      exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = 'audit'
        and g.tgenabled = 'O') as audited
    from (${ours}) t order by t.name`,
  );
  const names = rows.map(({ name }) => name);
  return [
    ...rows.filter(({ walled }) => !walled).map(({ name }) => `${name} has no wall`),
    ...rows
      .filter(({ name, audited }) => audited === name in unaudited)
      .map(({ name, audited }) => `${name} is ${audited ? "audited after all" : "not audited"}`),
    ...Object.keys(unaudited)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is listed and does not exist`),
  ];
}
