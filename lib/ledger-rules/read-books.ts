import type { Tx } from "#lib/db/client";

/**
 * Which of these accounts have a book, or have one with their first entry ("" is the platform's).
 * What an account tells before it is one of ours has to wait.
 */
export async function readBooks(tx: Tx, accounts: readonly string[]): Promise<Set<string>> {
  const connected = accounts.filter((account) => account !== "");
  if (connected.length === 0) return new Set(accounts);
  const rows = await tx.$queryRaw<{ account: string }[]>`
    select a.account from unnest(${connected}::text[]) as a (account)
    where exists (select from connected_accounts c where c.account_id = a.account)
      or exists (select from ledger_books b where b.key = a.account)`;
  return new Set([...rows.map(({ account }) => account), ""]);
}

/** Whose an account is. */
export async function readTenant(tx: Tx, account: string): Promise<string | null> {
  const kept = await tx.connectedAccount.findUnique({ where: { accountId: account } });
  return kept?.tenantId ?? null;
}
