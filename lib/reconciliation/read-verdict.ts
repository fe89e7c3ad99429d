import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";

/** Whether the books and Stripe say the same, in one word, and what it rests on. */
export type Verdict = {
  /** Something differs; some account was not compared lately; or neither. */
  readonly state: "breaks" | "unchecked" | "in lockstep";
  readonly open: number;
  /** What the open breaks are worth together, whichever side says more; one amount a currency. */
  readonly worth: readonly Money[];
  /** How many accounts have a book, and how many of them were not compared lately or never. */
  readonly books: number;
  readonly unchecked: number;
  /** Of all books: accounts that were disconnected, which nobody can compare any more. */
  readonly outOfReach: number;
  /** When the account that waits longest was compared; null where one never was. */
  readonly comparedAt: Date | null;
};

/** Where nothing happens an account is looked at once an hour; two of them missed is too long. */
const lateMs = 2 * 3_600_000;

/** The verdict on all books, or on one of them. */
export async function readVerdict(tx: Tx, now: Date, book?: string): Promise<Verdict> {
  const only = book === undefined ? Prisma.empty : Prisma.sql`where b.key = ${book}`;
  // Of one alone it is said that it is not compared; among all it holds up nothing.
  const gone =
    book === undefined
      ? Prisma.sql`exists (select from connected_accounts c
          where c.account_id = b.key and c.status = 'disconnected')`
      : Prisma.sql`false`;
  const [row] = await tx.$queryRaw<Omit<Verdict, "state" | "worth">[]>`
    select count(*)::integer as books, coalesce(sum(compared.open), 0)::integer as open,
      count(*) filter (where not compared.gone
        and (compared.at >= ${new Date(now.getTime() - lateMs)}) is not true)::integer as unchecked,
      count(*) filter (where compared.gone)::integer as "outOfReach",
      case when bool_and(compared.gone or compared.at is not null)
        then min(compared.at) filter (where not compared.gone) end as "comparedAt"
    from ledger_books b cross join lateral (
      select ${gone} as gone,
        (select max(s.checked_at) from reconciliation_standings s where s.book = b.key) as at,
        (select count(*) from reconciliation_breaks r
          where r.book = b.key and r.status = 'open') as open
    ) compared ${only}`;
  const sums = await tx.$queryRaw<{ currency: string; minor: string }[]>`
    select currency, sum(abs(difference_minor))::text as minor from reconciliation_breaks b
    where status = 'open' and currency is not null
      ${book === undefined ? Prisma.empty : Prisma.sql`and b.book = ${book}`}
    group by currency having sum(abs(difference_minor)) > 0 order by currency`;
  const worth = sums.flatMap(({ currency, minor }) =>
    isCurrency(currency) ? [money(BigInt(minor), currency)] : [],
  );
  const { open, unchecked } = row!;
  const state = open > 0 ? "breaks" : unchecked > 0 ? "unchecked" : "in lockstep";
  return { ...row!, state, worth };
}
