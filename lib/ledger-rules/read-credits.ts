import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { type Account, account, type Entry, platformBook } from "#lib/ledger/entry";
import { readBalances } from "#lib/ledger/read-balances";
import { shift } from "#lib/ledger-rules/claim";
import { postOpen } from "#lib/ledger-rules/post-open";
import { readPosted } from "#lib/ledger-rules/read-posted";
import { isCurrency } from "#lib/money/currency";
import type { StripeGateway } from "#lib/stripe/gateway";
import { instantFrom } from "#lib/stripe/objects";

type Move = Awaited<ReturnType<StripeGateway["listBalanceMoves"]>>["moves"][number];
type Owing = { tenantId: string; accountId: string };

/**
 * What moves a customer's balance by itself, and where it comes from. Whatever else moves it does
 * so with an invoice or a credit note, whose entries say it.
 */
const sources: Readonly<Record<string, Account>> = {
  adjustment: account("contra:credits"),
  initial: account("contra:credits"),
  migration: account("contra:credits"),
};

/**
 * Posts credit that was given to tenants, or taken from them, by hand: Stripe tells of it only as a
 * balance that is another. Asks it of those whose balance is not what the ledger says.
 */
export async function readCredits(ctx: Context, gateway: StripeGateway): Promise<number> {
  let posted = 0;
  for (const one of await findDiffering(ctx)) posted += await readTenant(ctx, one, gateway);
  return posted;
}

async function findDiffering(ctx: Context): Promise<Owing[]> {
  return view(ctx, async (tx) => {
    const query = { book: platformBook, code: "customer_credit" } as const;
    const kept = await readBalances(tx, query);
    const ours = new Map(
      kept.map(({ account: { subject }, currency, minor }) => [`${subject} ${currency}`, minor]),
    );
    const rows = await tx.$queryRaw<(Owing & { currency: string | null; minor: bigint })[]>`
      select t.id as "tenantId", t.stripe_account_id as "accountId", c.balance_minor as minor,
        c.object ->> 'currency' as currency
      from stripe_customers c join tenants t on t.id = c.tenant_id
      where c.account = '' and not c.is_deleted and t.stripe_account_id is not null
        and (c.balance_minor <> 0
          or t.id = any(${kept.map(({ account: { subject } }) => subject)}::text[]))`;
    // At Stripe and in the ledger alike, what is below zero is owed to the customer.
    return rows.filter(({ tenantId, currency, minor }) => {
      return (ours.get(`${tenantId} ${currency}`) ?? 0n) !== minor;
    });
  });
}

async function readTenant(ctx: Context, owing: Owing, gateway: StripeGateway): Promise<number> {
  let posted = 0;
  for (let after: string | undefined; ; ) {
    const page = await gateway.listBalanceMoves(owing.accountId, after);
    const entries = page.moves.flatMap((move) => entryOf(move, owing));
    const news = await transact(ctx, "ledger.read-credits", async (tx) => {
      const known = await readPosted(tx, entries);
      const fresh = entries.filter(({ reference }) => !known.has(`${platformBook} ${reference}`));
      return (await postOpen(tx, fresh, ctx)).size;
    });
    posted += news;
    // What is older than all that is new is posted already.
    if (page.next === null || (entries.length > 0 && news === 0)) return posted;
    after = page.next;
  }
}

function entryOf({ id, type, amount, currency, created }: Move, { tenantId }: Owing): Entry[] {
  const source = sources[type];
  if (!source || !isCurrency(currency)) return [];
  return [
    {
      ...{ book: platformBook, reference: `credit:${id}`, kind: "credit.adjusted" },
      effectiveAt: instantFrom(created),
      about: { tenantId, objectId: id },
      moves: shift(BigInt(-amount), currency, account("customer_credit", tenantId), source),
    },
  ];
}
