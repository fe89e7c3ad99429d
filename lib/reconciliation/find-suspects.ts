import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { lookUpByKey } from "#lib/db/look-up-by-key";

/** A stretch of a book's time. The beginning belongs to it; a null end is open. */
export type Stretch = { book: string; from: Date; to: Date | null };

/** How many balance transactions one stretch holds at most, but for those of one instant. */
export const transactionsAtOnce = 125_000;

/** Where a stretch from an instant ends so that it holds no more than is compared at once. */
export async function findEnd(tx: Tx, book: string, from: Date): Promise<Date | null> {
  const account = book === "platform" ? "" : book;
  // In order of time there is an index; sorting would read all that is left of the book each time.
  await tx.$executeRaw`select set_config('enable_sort', 'off', true),
    set_config('enable_seqscan', 'off', true)`;
  const [row] = await tx.$queryRaw<{ at: Date }[]>`
    select created_at + interval '1 second' as at from stripe_balance_transactions
    where account = ${account} and created_at >= ${from}
    order by created_at offset ${transactionsAtOnce - 1} limit 1`;
  return row?.at ?? null;
}

type Suspects = { transactions: bigint; suspects: string[] };
type Accounts = { balances: number[]; currencies: string[]; expenses: number[] };
type Bounds = { first: bigint; last: bigint };

/**
 * Joins a stretch's balance transactions with what was posted to `stripe:balance` at that time, and
 * answers with the ids of all that are not the same on both sides. What is suspect is looked at by
 * its key afterwards: an entry that was corrected, or dated otherwise, is not a break.
 */
export async function findSuspects(tx: Tx, stretch: Stretch): Promise<Suspects> {
  const { mirrored, posted, differ } = await bothSides(tx, stretch);
  const [row] = await tx.$queryRaw<Suspects[]>`
    select count(t.id) as transactions, coalesce(array_agg(coalesce(t.id, p.id))
      filter (where t.id is null or p.id is null or ${differ}), '{}') as suspects
    from (${mirrored}) t full join (${posted}) p on p.id = t.id`;
  return row!;
}

/** A query of what is the same on both sides of a stretch, as `reference`. */
export async function agreedBetween(tx: Tx, stretch: Stretch): Promise<Prisma.Sql> {
  const { mirrored, posted, differ } = await bothSides(tx, stretch);
  return Prisma.sql`select t.id as reference
    from (${mirrored}) t join (${posted}) p on p.id = t.id
    where p.lowest is not null and not (${differ})`;
}

/** Queries of both sides of a stretch, and what is so where a row of each differs. */
async function bothSides(tx: Tx, { book, from, to }: Stretch) {
  const account = book === "platform" ? "" : book;
  const until = to ?? new Date("9999-12-31T00:00:00Z");
  const accounts = await readAccounts(tx, book);
  const { first, last } = await findBounds(tx, accounts, from, until);
  // Moves and entries side by side in order of their keys, each read once, and one join of ids that
  // is held whole: the planner cannot know how few a stretch holds. Two stretches run at once; to
  // share each among workers as well costs them a third.
  await tx.$executeRaw`select set_config('work_mem', '64MB', true),
    set_config('enable_seqscan', 'off', true), set_config('enable_hashagg', 'off', true),
    set_config('enable_nestloop', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true)`;
  const posted = Prisma.sql`
    select substr(e.reference, 4) as id, s.* from (
      select m.entry_id, ${sums(accounts)} from ledger_moves m
      where m.entry_id between ${first} and ${last}
        and m.effective_at >= ${from} and m.effective_at < ${until}
      group by m.entry_id
    ) s join ledger_entries e on e.id = s.entry_id
    where e.id between ${first} and ${last}
      and e.book_id = (select id from ledger_books where key = ${book})
      and e.reference like 'bt:%' and e.corrects is null`;
  const mirrored = Prisma.sql`
    select id, currency, net_minor, fee_minor from stripe_balance_transactions
    where account = ${account} and created_at >= ${from} and created_at < ${until}
      and not is_deleted`;
  return { mirrored, posted, differ: differ(accounts) };
}

/** Of many that are named, those that are not the same on both sides. */
export async function findSuspectsAmong(
  tx: Tx,
  book: string,
  references: readonly string[],
): Promise<string[]> {
  const pairs = await besideEachOther(tx, book);
  const rows = await tx.$queryRaw<{ reference: string }[]>`
    with asked as materialized (
      select reference, 'bt:' || reference as entry
      from unnest(${[...references]}::text[]) as reference
    )
    select asked.reference ${pairs.joined} where ${pairs.differ}`;
  return rows.map(({ reference }) => reference);
}

/**
 * References that are `asked` for, with the names of their entries, joined with their balance
 * transactions and entries by key; and what is so where the two are not the same. A name is put
 * together before, because behind a wall only a plain comparison finds its index.
 */
export async function besideEachOther(tx: Tx, book: string) {
  const account = book === "platform" ? "" : book;
  const accounts = await readAccounts(tx, book);
  await lookUpByKey(tx);
  const joined = Prisma.sql`from asked
    left join stripe_balance_transactions t
      on t.account = ${account} and t.id = asked.reference and not t.is_deleted
    left join ledger_entries e on e.reference = asked.entry
      and e.book_id = (select id from ledger_books where key = ${book})
    left join lateral (
      select ${sums(accounts)} from ledger_moves m where m.entry_id = e.id
    ) p on true`;
  const apart = Prisma.sql`(t.id is null or e.id is null or p.lowest is null
    or ${differ(accounts)})`;
  return { joined, differ: apart };
}

/** What an entry's moves `m` come to: into the balance, into expenses, and in which accounts. */
function sums({ balances, expenses }: Accounts): Prisma.Sql {
  const into = (column: string, ids: readonly number[]) =>
    Prisma.sql`m.${Prisma.raw(column)} = any(${[...ids]}::integer[])`;
  const held = Prisma.sql`case when ${into("to_account", balances)} then m.to_account
    when ${into("from_account", balances)} then m.from_account end`;
  const sum = (ids: readonly number[]) => Prisma.sql`coalesce(sum(
    case when ${into("to_account", ids)} then m.minor else 0 end
      - case when ${into("from_account", ids)} then m.minor else 0 end), 0)`;
  return Prisma.sql`${sum(balances)} as net, ${sum(expenses)} as expense,
    min(${held}) as lowest, max(${held}) as highest`;
}

/** A balance transaction `t` and what was posted of it, `p`, that do not say the same. */
function differ({ balances, currencies }: Accounts): Prisma.Sql {
  return Prisma.sql`p.net <> t.net_minor
    or (p.expense <> t.fee_minor and p.expense <> -t.net_minor) or p.lowest <> p.highest
    or t.currency <>
      (${currencies}::text[])[array_position(${balances}::integer[], p.lowest)]`;
}

async function readAccounts(tx: Tx, book: string): Promise<Accounts> {
  const rows = await tx.$queryRaw<{ id: number; currency: string; isBalance: boolean }[]>`
    select a.id, a.currency, a.code = 'stripe:balance' as "isBalance"
    from ledger_accounts a join ledger_books b on b.id = a.book_id
      join ledger_chart c on c.code = a.code
    where b.key = ${book} and (a.code = 'stripe:balance' or c.kind = 'expense')`;
  const balances = rows.filter(({ isBalance }) => isBalance);
  const expenses = rows.filter(({ isBalance }) => !isBalance);
  return {
    balances: balances.map(({ id }) => id),
    currencies: balances.map(({ currency }) => currency),
    expenses: expenses.map(({ id }) => id),
  };
}

/** Entries are numbered as they are posted, so those of a stretch lie close together. */
async function findBounds(
  tx: Tx,
  { balances }: Accounts,
  from: Date,
  until: Date,
): Promise<Bounds> {
  const [row] = await tx.$queryRaw<{ first: bigint | null; last: bigint | null }[]>`
    select min(entry_id) as first, max(entry_id) as last from (
      select m.entry_id from ledger_moves m
      where m.to_account = any(${balances}::integer[])
        and m.effective_at >= ${from} and m.effective_at < ${until}
      union all
      select m.entry_id from ledger_moves m
      where m.from_account = any(${balances}::integer[])
        and m.effective_at >= ${from} and m.effective_at < ${until}
    ) touched`;
  return { first: row?.first ?? 1n, last: row?.last ?? 0n };
}
