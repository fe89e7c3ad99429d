import type { Tx } from "#lib/db/client";
import type { ReconciledBalance, ReconciliationRun } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { waiting } from "#lib/ledger/waiting";
import { type CheckName, checkNames, checks } from "#lib/reconciliation/checks";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type CheckStanding = {
  check: CheckName;
  question: string;
  of: string;
  asked: bigint;
  broken: number;
  checkedAt: Date | null;
};
export type BookStanding = {
  book: string;
  whose: string;
  open: number;
  expected: number;
  /** Whether nothing of it is open, and it was compared at all. */
  isInLockstep: boolean;
  checkedAt: Date | null;
  balances: ReconciledBalance[];
};
/** What Stripe still owes an answer for: since less than a day, for longer, and what is a break. */
export type ClearingSum = { currency: string; fresh: bigint; older: bigint; broken: bigint };
export type Standing = {
  checks: CheckStanding[];
  books: BookStanding[];
  clearing: ClearingSum[];
  open: number;
  lastPass: ReconciliationRun | null;
  running: ReconciliationRun | null;
};

const booksShown = 50;

/** Whether the books and Stripe say the same: check by check, and account by account. */
export async function getStanding(ctx: PlatformContext): Promise<Standing> {
  requirePlatform(ctx, "reconciliation:read");

  return view(ctx, async (tx) => {
    const checkRows = await readChecks(tx);
    const dayAgo = new Date(ctx.now().getTime() - 86_400_000);
    return {
      checks: checkRows,
      books: await readBooks(tx),
      clearing: await readClearing(tx, dayAgo),
      open: await tx.reconciliationBreak.count({ where: { status: "open" } }),
      lastPass: await tx.reconciliationRun.findFirst({
        where: { status: "done" },
        orderBy: { startedAt: "desc" },
      }),
      running: await tx.reconciliationRun.findFirst({
        where: { status: "running" },
        orderBy: { startedAt: "desc" },
      }),
    };
  });
}

async function readChecks(tx: Tx): Promise<CheckStanding[]> {
  const sums = await tx.reconciliationStanding.groupBy({
    by: ["check"],
    _sum: { asked: true },
    _max: { checkedAt: true },
  });
  const broken = await tx.reconciliationBreak.groupBy({
    by: ["check"],
    where: { status: "open" },
    _count: true,
  });
  return checkNames.flatMap((check): CheckStanding[] => {
    const sum = sums.find((one) => one.check === check);
    const count = broken.find((one) => one.check === check)?._count ?? 0;
    const { question, of, whose } = checks[check];
    if (!sum && whose === "reported") return [];
    return [
      {
        ...{ check, question, of, asked: sum?._sum.asked ?? 0n, broken: count },
        checkedAt: sum?._max.checkedAt ?? null,
      },
    ];
  });
}

type BookRow = Omit<BookStanding, "isInLockstep" | "balances">;

/** Books with something open first, then the others by their names. */
async function readBooks(tx: Tx): Promise<BookStanding[]> {
  const rows = await tx.$queryRaw<BookRow[]>`
    select b.key as book, coalesce(t.name, 'Platform') as whose,
      count(r.id) filter (where r.status = 'open')::integer as open,
      count(r.id) filter (where r.status = 'expected')::integer as expected,
      (select max(s.checked_at) from reconciliation_standings s where s.book = b.key)
        as "checkedAt"
    from ledger_books b left join tenants t on t.id = b.tenant_id
      left join reconciliation_breaks r on r.book = b.key and r.status in ('open', 'expected')
    group by b.key, t.name
    order by open desc, expected desc, b.key <> 'platform', whose, book limit ${booksShown}`;
  const balances = await tx.reconciledBalance.findMany({
    where: { book: { in: rows.map(({ book }) => book) } },
    orderBy: { currency: "asc" },
  });
  return rows.map((row) => ({
    ...{ ...row, isInLockstep: row.open === 0 && row.checkedAt !== null },
    balances: balances.filter(({ book }) => book === row.book),
  }));
}

/** Clearing of every book together, by how long it has been open. */
async function readClearing(tx: Tx, dayAgo: Date): Promise<ClearingSum[]> {
  const rows = await tx.$queryRaw<
    { currency: string; fresh: string; older: string; broken: string }[]
  >`
    with own as materialized (
      select a.id, a.currency, b.key from ledger_accounts a join ledger_books b on b.id = a.book_id
      where a.code in ('stripe:clearing', 'bank:in_transit')
    ), part as (
      select k.account_id, k.subject, k.minor, k.since from ledger_balances k
      where k.account_id in (select id from own)
      union all
      select leg.account_id, leg.subject, leg.minor, m.effective_at
      from ${waiting}
        cross join lateral (values (m.to_account, m.to_subject, m.minor::numeric),
          (m.from_account, m.from_subject, -m.minor::numeric)) leg (account_id, subject, minor)
      where leg.account_id in (select id from own)
    ), open as (
      select own.key, own.currency, part.subject, abs(sum(part.minor)) as minor,
        min(part.since) as since
      from part join own on own.id = part.account_id
      group by 1, 2, 3 having sum(part.minor) <> 0
    ), judged as (
      select open.*, exists (select from reconciliation_breaks r where r.book = open.key
          and r."check" = 'clearing' and r.reference = open.subject and r.status = 'open')
        as is_broken
      from open
    )
    select currency,
      coalesce(sum(minor) filter (where not is_broken and since >= ${dayAgo}), 0)::text as fresh,
      coalesce(sum(minor) filter (where not is_broken and since < ${dayAgo}), 0)::text as older,
      coalesce(sum(minor) filter (where is_broken), 0)::text as broken
    from judged group by 1 order by sum(minor) desc`;
  return rows.map(({ currency, fresh, older, broken }) => ({
    ...{ currency, fresh: BigInt(fresh), older: BigInt(older), broken: BigInt(broken) },
  }));
}
