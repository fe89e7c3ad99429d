import { type BalanceType, balanceTypes } from "#lib/ledger-rules/balance-types";

/** What makes an entry, in whose books, and what it is with an example in numbers. */
export type CatalogueRow = {
  readonly from: string;
  readonly books: "platform" | "tenant" | "both";
  readonly sentence: string;
  /** One move a line: amount, the account it leaves, the account it reaches. */
  readonly example: readonly string[];
};

/** Every entry that an object's state calls for: what we expect Stripe to settle, and what not. */
export const expectedKinds = {
  "invoice.finalized": {
    from: "invoice, once it is finalised",
    books: "platform",
    sentence:
      "A tenant owes what it is billed: what is ahead is deferred, usage is earned, tax is owed.",
    example: [
      "100.00 deferred → receivable",
      "20.00 tax → receivable",
      "7.50 revenue:usage → receivable",
    ],
  },
  "invoice.balance_applied": {
    from: "invoice, where the customer's balance changed with it",
    books: "platform",
    sentence: "The customer's credit pays a part; an invoice below zero adds to it instead.",
    example: ["30.00 receivable → customer_credit"],
  },
  "invoice.voided": {
    from: "invoice, once it is void",
    books: "platform",
    sentence:
      "All it came to is taken back: what was credited (60.00 here) and earned (10.00) of it too. What was paid of it is owed back.",
    example: [
      "50.00 receivable → deferred",
      "10.00 receivable → tax",
      "10.00 deferred → revenue:subscription",
    ],
  },
  "invoice.uncollectible": {
    from: "invoice, once it is given up",
    books: "platform",
    sentence:
      "Nobody will pay what is left. Its tax stays owed, a cost apart, until the law gives it back.",
    example: ["100.00 receivable → expense:bad_debt", "20.00 receivable → expense:tax"],
  },
  "invoice.recovered": {
    from: "invoice that was given up, once it is paid or void",
    books: "platform",
    sentence: "What was given up is owed again, and then paid or taken back.",
    example: ["100.00 expense:bad_debt → receivable", "20.00 expense:tax → receivable"],
  },
  "invoice.paid_elsewhere": {
    from: "invoice, paid without a payment through Stripe",
    books: "platform",
    sentence: "The money came straight to the bank.",
    example: ["120.00 receivable → bank:cash"],
  },
  "credit_note.issued": {
    from: "credit note",
    books: "platform",
    sentence:
      "Less is owed: first what is unearned, then what is earned; credit to a balance is owed.",
    example: [
      "40.00 receivable → deferred",
      "10.00 receivable → contra:refunds",
      "10.00 receivable → tax",
      "60.00 customer_credit → receivable",
    ],
  },
  "credit_note.voided": {
    from: "credit note, once it is void",
    books: "platform",
    sentence: "The credit is taken back.",
    example: ["50.00 deferred → receivable", "10.00 tax → receivable"],
  },
  "charge.settled_invoice": {
    from: "charge of a tenant's card or bank, by the platform",
    books: "platform",
    sentence: "A tenant pays what it owes; Stripe is to settle it.",
    example: ["120.00 receivable → stripe:clearing"],
  },
  "charge.sold": {
    from: "charge in a connected account, or of a stranger by the platform",
    books: "both",
    sentence: "A sale, to be settled by Stripe.",
    example: ["100.00 revenue:sales → stripe:clearing"],
  },
  "charge.passed_on": {
    from: "destination charge",
    books: "platform",
    sentence: "Taken as an agent: all is owed to the tenant but the platform's share.",
    example: ["100.00 payable → stripe:clearing", "10.00 revenue:application_fees → payable"],
  },
  "charge.received": {
    from: "payment that a transfer made in a connected account",
    books: "tenant",
    sentence: "What the platform passed on arrives: a sale, where a payment is behind it.",
    example: ["100.00 revenue:sales → stripe:clearing"],
  },
  "charge.debited": {
    from: "payment that debits a connected account",
    books: "platform",
    sentence: "The platform takes what an account owes it.",
    example: ["25.00 revenue:other → stripe:clearing"],
  },
  "refund.made": {
    from: "refund, once it has left the balance",
    books: "both",
    sentence: "A payment goes back to where it came from: a sale lessens, a debt is open again.",
    example: ["60.00 stripe:clearing → receivable"],
  },
  "refund.failed": {
    from: "refund that failed or was canceled",
    books: "both",
    sentence: "The money is back.",
    example: ["60.00 receivable → stripe:clearing"],
  },
  "dispute.opened": {
    from: "dispute, once money is taken for it",
    books: "both",
    sentence: "Stripe holds what is disputed until it is decided. An inquiry holds nothing.",
    example: ["120.00 stripe:clearing → disputed"],
  },
  "dispute.won": {
    from: "dispute, once the money is back",
    books: "both",
    sentence: "What was disputed comes back.",
    example: ["120.00 disputed → stripe:clearing"],
  },
  "dispute.lost": {
    from: "dispute that is lost",
    books: "both",
    sentence: "What was disputed is gone.",
    example: ["120.00 disputed → expense:dispute_losses"],
  },
  "fee.earned": {
    from: "application fee",
    books: "platform",
    sentence:
      "The platform's share is collected: earned here, or with the destination charge it is of.",
    example: ["10.00 revenue:application_fees → stripe:clearing"],
  },
  "fee.refunded": {
    from: "refund of an application fee",
    books: "platform",
    sentence: "The platform's share goes back.",
    example: ["10.00 stripe:clearing → revenue:application_fees"],
  },
  "transfer.made": {
    from: "transfer",
    books: "platform",
    sentence:
      "A destination charge is handed over; any other transfer is a cost of the platform's.",
    example: ["100.00 stripe:clearing → payable"],
  },
  "transfer.reversed": {
    from: "reversal of a transfer",
    books: "platform",
    sentence: "What was handed over is taken back.",
    example: ["100.00 payable → stripe:clearing"],
  },
  "payout.created": {
    from: "payout",
    books: "both",
    sentence: "Money is on its way to the bank, or drawn from it where the payout is below zero.",
    example: ["500.00 stripe:clearing → bank:in_transit"],
  },
  "payout.paid": {
    from: "payout that arrived",
    books: "both",
    sentence: "The money is at the bank.",
    example: ["500.00 bank:in_transit → bank:cash"],
  },
  "payout.returned": {
    from: "payout that failed after it had arrived",
    books: "both",
    sentence: "The bank sends back what had arrived.",
    example: ["500.00 bank:cash → bank:in_transit"],
  },
  "topup.succeeded": {
    from: "top-up that arrived",
    books: "platform",
    sentence: "Money was brought from the bank.",
    example: ["1000.00 bank:cash → stripe:clearing"],
  },
  "topup.reversed": {
    from: "top-up that was reversed",
    books: "platform",
    sentence: "The bank took it back.",
    example: ["1000.00 stripe:clearing → bank:cash"],
  },
  "revenue.earned": {
    from: "each day that passes of what is billed",
    books: "platform",
    sentence: "A day's share of a line is earned; the days sum to the line to the cent.",
    example: ["3.33 revenue:subscription → deferred"],
  },
  "credit.adjusted": {
    from: "change of a customer's balance by hand",
    books: "platform",
    sentence: "A tenant is given credit for its coming invoices, or it is taken back.",
    example: ["20.00 customer_credit → contra:credits"],
  },
} as const satisfies Record<string, CatalogueRow>;

export type ExpectedKind = keyof typeof expectedKinds;
export type EntryKind = ExpectedKind | `settled.${BalanceType}` | "settled.unknown";

/** What no rule knows keeps the balance right, and waits in suspense for an explanation. */
export const unknownSentence = "A type that no rule knows: in suspense until it is explained.";

/** Every kind of entry that the rules make. */
export const entryKinds: readonly string[] = [
  ...Object.keys(expectedKinds),
  ...Object.keys(balanceTypes).map((type) => `settled.${type}`),
  "settled.unknown",
];
