import { chart } from "#lib/ledger/chart";
import type { Move } from "#lib/ledger/entry";
import { type BalanceType, balanceTypes, leaving } from "#lib/ledger-rules/balance-types";
import { expectedKinds, unknownSentence } from "#lib/ledger-rules/catalogue";
import { settledEntries } from "#lib/ledger-rules/settled-entries";
import type { StripeObjects } from "#lib/stripe/object-types";

type Row = StripeObjects["balance_transaction"];

/** Moves as the catalogue writes them, in a currency of two decimals. */
export function sayMoves(moves: readonly Move[]): string[] {
  return moves.map(({ minor, from, to }) => {
    const digits = minor.toString().padStart(3, "0");
    return `${digits.slice(0, -2)}.${digits.slice(-2)} ${from.code} → ${to.code}`;
  });
}

/** The chart of accounts and the catalogue of entries as a page of the documentation. */
export function sayCatalogue(): string {
  return [
    "# The chart of accounts",
    "",
    "Every book (the platform's, and one for each connected account) has these accounts. A _move_",
    "takes a positive amount from one account to another of the same book and currency, so every",
    "entry balances. This page is made from `lib/ledger/chart.ts` and `lib/ledger-rules`; a test",
    "holds it to them.",
    "",
    "## Accounts",
    "",
    ...table(["account", "kind", "kept by", "what it says"], accountRows()),
    "",
    "## What we expect",
    "",
    "Made when an object is seen in a state, in the transaction that writes its mirror. What",
    "Stripe is to settle waits in `stripe:clearing`, by the object's id.",
    "",
    ...table(["entry", "made from", "book", "what it is", "for example"], expectedRows()),
    "",
    "## What settles",
    "",
    "Made from balance transactions, which are read from Stripe. Examples are of 100.00 with a",
    "fee of 3.20. What was exchanged passes through `fx`: 100.00 EUR from its clearing to `fx`,",
    "and what was received for it from `fx` to `stripe:balance`, each in its own currency. One",
    "that says something else later is corrected by an entry that names the first.",
    "",
    ...table(["entry", "what it is", "for example"], settledRows()),
    "",
  ].join("\n");
}

function accountRows(): string[][] {
  return Object.entries(chart).map(([code, { kind, keptBy, sentence }]) => {
    return [`\`${code}\``, kind, keptBy ?? "", sentence];
  });
}

function expectedRows(): string[][] {
  return Object.entries(expectedKinds).map(([kind, { from, books, sentence, example }]) => {
    return [`\`${kind}\``, from, books, sentence, example.join("<br>")];
  });
}

function settledRows(): string[][] {
  const known = Object.entries(balanceTypes).map(([type, { sentence }]) => {
    return [`\`settled.${type}\``, sentence, sayMoves(exampleOf(type)).join("<br>")];
  });
  const unknown = sayMoves(exampleOf("something_new")).join("<br>");
  return [...known, ["`settled.unknown`", unknownSentence, unknown]];
}

const charging: readonly string[] = ["charge", "payment"];
const sources: Readonly<Record<string, string>> = {
  adjustment: "du_1",
  application_fee: "fee_1",
  payout: "po_1",
  payout_cancel: "po_1",
  payout_failure: "po_1",
  stripe_fee: "ch_1",
};

/** The moves of an example of a type: what such a transaction usually looks like. */
export function exampleOf(type: string): readonly Move[] {
  const fee = charging.includes(type) ? 320 : 0;
  const amount = leaving.has(type) ? -10_000 : 10_000;
  const row = {
    ...{ id: "txn_1", object: "balance_transaction", amount, fee, net: amount - fee },
    ...{ available_on: 0, balance_type: "payments", created: 0, currency: "usd" },
    ...{ description: null, exchange_rate: null, status: "available" },
    fee_details: fee === 0 ? [] : [{ amount: fee, type: "stripe_fee", currency: "usd" }],
    reporting_category: type === "adjustment" ? "dispute" : type,
    source: sources[type] ?? "ch_1",
    type: type as BalanceType,
  } as unknown as Row;
  const [entry] = settledEntries({ account: "", tenantId: null, object: row });
  return entry?.moves ?? [];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}
