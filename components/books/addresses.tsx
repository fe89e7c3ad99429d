import type { AccountCode } from "#lib/ledger/chart";

/** Where a tenant's pages show an account of its book, or one part of it. */
export function ownAccountHref(
  slug: string,
  { code, subject }: { code: AccountCode; subject?: string },
  currency: string,
): string {
  const params = new URLSearchParams({ code, currency, ...(subject && { subject }) });
  return `/${slug}/books/account?${params}`;
}

/** Where they show an entry. */
export function ownEntryHref(slug: string, id: bigint): string {
  return `/${slug}/books/entries/${id}`;
}
