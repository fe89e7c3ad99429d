import { payoutClaims, topupClaims } from "#lib/ledger-rules/bank-claims";
import { chargeClaims, refundClaims } from "#lib/ledger-rules/charge-claims";
import type { Claim, Source } from "#lib/ledger-rules/claim";
import { feeClaims, transferClaims } from "#lib/ledger-rules/connect-claims";
import { creditNoteClaims } from "#lib/ledger-rules/credit-note-claims";
import { disputeClaims } from "#lib/ledger-rules/dispute-claims";
import { invoiceClaims } from "#lib/ledger-rules/invoice-claims";

/** Every type of object whose states are entries, and what they say has happened. */
const table = {
  application_fee: feeClaims,
  charge: chargeClaims,
  credit_note: creditNoteClaims,
  dispute: disputeClaims,
  invoice: invoiceClaims,
  payout: payoutClaims,
  refund: refundClaims,
  topup: topupClaims,
  transfer: transferClaims,
} as const;

export type ClaimedType = keyof typeof table;
export const claimedTypes = Object.keys(table) as ClaimedType[];

export function isClaimed(type: string): type is ClaimedType {
  return Object.hasOwn(table, type);
}

/** What an object says has happened, each with the entry it calls for. */
export function claimsOf(type: ClaimedType, source: Source<unknown>): Claim[] {
  return (table[type] as (source: Source<unknown>) => Claim[])(source);
}
