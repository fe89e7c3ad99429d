import { type ProfileName, profiles } from "#lib/connect/profile";
import { readableName } from "#lib/connect/requirement-words";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";

/** An account that has less than nothing, whatever brought it there. */
export type NegativeBalance = {
  tenantId: string;
  tenant: string;
  accountId: string;
  currency: string;
  /** How much it is short of nothing. */
  minor: bigint;
  /** When it went below nothing, and by what; as far as its last moves tell. */
  since: Date;
  cause: string | null;
  /** Who loses what the tenant never makes good. */
  bearer: "stripe" | "application";
};

type Row = Omit<NegativeBalance, "cause" | "bearer" | "minor"> & {
  minor: string;
  kind: string | null;
  source: string | null;
  profile: string;
};

/** So many of an account's last moves are looked through for the one that took it below nothing. */
const looked = 500;

/** The latest move that took the balance of `short` from nothing or more to below it. */
const crossing = Prisma.sql`
  select e.kind, e.payment_id as source, walked.effective_at as at from (
    select m.*, short.minor - coalesce(sum(m.minor) over (
      order by m.effective_at desc, m.entry_id desc, m.position desc
      rows between unbounded preceding and 1 preceding), 0) as after
    from (
      (select entry_id, position, effective_at, minor::numeric from ledger_moves
        where to_account = short.id
        order by effective_at desc, entry_id desc, position desc limit ${looked})
      union all
      (select entry_id, position, effective_at, -minor::numeric from ledger_moves
        where from_account = short.id
        order by effective_at desc, entry_id desc, position desc limit ${looked})
    ) m
  ) walked join ledger_entries e on e.id = walked.entry_id
  where walked.after < 0 and walked.after - walked.minor >= 0
  order by walked.effective_at desc, walked.entry_id desc, walked.position desc limit 1`;

/**
 * The accounts whose books hold less than nothing at Stripe, what is still landing counted in: the
 * books are proved equal to Stripe's balances, so nobody need be asked. The greatest first.
 */
export async function readNegativeBalances(tx: Tx, most: number): Promise<NegativeBalance[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with account as materialized (
      select a.id, a.currency, b.key from ledger_books b
      join ledger_accounts a on a.book_id = b.id and a.code = 'stripe:balance'
      where b.tenant_id is not null
    ), part as (
      select k.account_id, k.minor from ledger_balances k
      where k.account_id in (select id from account)
      union all
      select leg.account_id, leg.minor
      from ledger_unfolded u cross join lateral unnest(u.entries) entry
        cross join lateral (select * from ledger_moves w where w.entry_id = entry offset 0) m
        cross join lateral (values
          (m.to_account, m.minor::numeric), (m.from_account, -m.minor::numeric)
        ) leg (account_id, minor)
      where leg.account_id in (select id from account)
    ), short as materialized (
      select account.id, account.currency, account.key, sum(part.minor) as minor
      from account join part on part.account_id = account.id
      group by account.id, account.currency, account.key
      having sum(part.minor) < 0
      order by minor limit ${most}
    )
    select c.tenant_id as "tenantId", t.name as tenant, c.account_id as "accountId", c.profile,
      short.currency, (-short.minor)::text as minor, crossing.kind,
      crossing.source,
      coalesce(crossing.at, c.since) as since
    from short
      join connected_accounts c on c.account_id = short.key
      join tenants t on t.id = c.tenant_id
      left join lateral (${crossing}) crossing on true
    order by short.minor, c.tenant_id`;
  return rows.map(({ minor, kind, source, profile, ...row }) => ({
    ...row,
    minor: BigInt(minor),
    cause: kind && causeOf(kind, source),
    bearer: profiles[profile as ProfileName].lossesCollector,
  }));
}

/** What takes money off an account, by the kind of its row in the balance. */
const causes: Readonly<Record<string, string>> = {
  refund: "A refund",
  payment_refund: "A refund",
  transfer: "A transfer taken back",
  payout: "A payout",
  payment_failure_refund: "A payment that failed late",
  application_fee: "Our fee",
  stripe_fee: "A fee of Stripe's",
  tax_fee: "Tax on a fee",
};

/** An adjustment is a dispute's withdrawal where it is of one, and else a debit by us. */
function causeOf(kind: string, source: string | null): string {
  const type = kind.replace(/^settled\./, "");
  if (type === "adjustment") return source?.startsWith("du_") ? "A dispute" : "A debit of ours";
  return causes[type] ?? readableName(type);
}
