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
  backfills: "says how far a reading of Stripe's list has come",
  breakers: "says how each process's requests to Stripe fare",
  inbox_leases: "says which worker holds what for some seconds",
  inbox_workers: "says which workers are alive for some seconds",
  resyncs: "says itself who began it, and how far it has come",
  facts: "is append-only and says itself from which event it came",
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
