import type { AccountCode } from "#lib/ledger/chart";

/** Where the console shows a book. */
export function bookHref(book: string, to?: string): string {
  return `/admin/ledger?${new URLSearchParams({ book, ...(to && { to }) })}`;
}

/** Where it shows an account of a book, or one part of it. */
export function accountHref(
  book: string,
  account: { code: AccountCode; subject?: string },
  currency: string,
): string {
  const { code, subject } = account;
  return `/admin/ledger/account?${new URLSearchParams({
    ...{ book, code, currency },
    ...(subject && { subject }),
  })}`;
}

/** Where it shows an entry. */
export function entryHref(id: bigint): string {
  return `/admin/ledger/entries/${id}`;
}
