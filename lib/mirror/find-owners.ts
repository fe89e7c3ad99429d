import type { Tx } from "#lib/db/client";
import { queryPrepared } from "#lib/db/wire";
import { keyOf, type Seen } from "#lib/events/converger";
import type { Mirror } from "#lib/mirror/mirror";
import { idOf } from "#lib/stripe/objects";

type Named = {
  object?: string;
  id?: string;
  customer_account?: string | null;
  customer?: string | { id: string } | null;
  account?: string | { id: string } | null;
  destination?: string | { id: string } | null;
  transfer_data?: { destination?: string | { id: string } | null } | null;
  metadata?: Record<string, string> | null;
  parent?: { subscription_details?: { metadata?: Record<string, string> | null } | null } | null;
};
type Row = { id: string; account: string | null; customer: string | null };

const namedTenants = `
  select id, stripe_account_id as account, stripe_customer_id as customer from tenants
  where stripe_account_id = any($1::text[]) or stripe_customer_id = any($2::text[])
    or id = any($3::text[])`;

/**
 * The tenant behind each object, by `keyOf`. What a connected account tells of is its tenant's,
 * whatever it says. Of the platform's own, the account it names decides, then the customer; what is
 * written in its metadata counts only where it names neither. One that names nobody is the tenant's
 * whose object it belongs to, by the mirror's `through`.
 */
export async function findOwners<Stripe>(
  tx: Tx,
  seen: readonly Seen[],
  mirror: Mirror<Stripe>,
): Promise<Map<string, string>> {
  const named = seen.map((one) => ({ key: keyOf(one), ...namesIn(one) }));
  const { rows } = await queryPrepared<Row>(tx, namedTenants, [
    sparse(named.map(({ account }) => account)),
    sparse(named.map(({ customer }) => customer)),
    sparse(named.map(({ tenant }) => tenant)),
  ]);
  const byAccount = new Map(rows.map((row) => [row.account, row.id]));
  const byCustomer = new Map(rows.map((row) => [row.customer, row.id]));
  const ids = new Set(rows.map(({ id }) => id));

  const owners = new Map<string, string>();
  for (const { key, account, customer, tenant } of named) {
    const owner = account ? byAccount.get(account) : customer && byCustomer.get(customer);
    const told = !account && !owner && tenant && ids.has(tenant) ? tenant : undefined;
    if (owner ?? told) owners.set(key, (owner ?? told)!);
  }
  const nameless = seen.filter((one) => one.account === "" && !owners.has(keyOf(one)));
  await findThrough(tx, nameless as Seen<Stripe>[], mirror, owners);
  return owners;
}

async function findThrough<Stripe>(
  tx: Tx,
  nameless: readonly Seen<Stripe>[],
  { through, columns }: Mirror<Stripe>,
  owners: Map<string, string>,
): Promise<void> {
  if (!through || nameless.length === 0) return;
  const idIn = (one: Seen<Stripe>) => columns[through.column]!.of(one.object) as string | null;
  const { rows } = await queryPrepared<{ id: string; tenantId: string }>(
    tx,
    `select id, tenant_id as "tenantId" from ${through.table}
      where account = '' and tenant_id is not null and id = any($1::text[])`,
    [sparse(nameless.map(idIn))],
  );
  const byId = new Map(rows.map(({ id, tenantId }) => [id, tenantId]));
  for (const one of nameless) {
    const owner = byId.get(idIn(one) ?? "");
    if (owner) owners.set(keyOf(one), owner);
  }
}

/** An account is told of by both versions of the API. */
const isAccount = (name?: string) => name === "account" || name === "v2.core.account";

function namesIn({ account, object }: Seen) {
  if (account) return { account, customer: null, tenant: null };
  const named = object as Named;
  const paid = idOf(named.destination) ?? idOf(named.transfer_data?.destination);
  const accounts = [named.customer_account, idOf(named.account), paid];
  const own = isAccount(named.object) ? named.id : undefined;
  return {
    account: own ?? accounts.find((id) => id?.startsWith("acct_")) ?? null,
    customer: idOf(named.customer),
    tenant: tenantIn(named) ?? tenantIn(named.parent?.subscription_details ?? {}) ?? null,
  };
}

function tenantIn({ metadata }: Pick<Named, "metadata">): string | undefined {
  return metadata?.tenant_id;
}

function sparse(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
