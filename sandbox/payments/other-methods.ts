import { createHash } from "node:crypto";
import type { FeeRule } from "#sandbox/money/fees";
import type { ObjectOf } from "#sandbox/store/kinds";

type Method = ObjectOf<"payment_method">;
type ChargeDetails = NonNullable<ObjectOf<"charge">["payment_method_details"]>;

/** A way to pay that is not a card. */
export interface OtherMethod {
  currencies: readonly string[];
  /** A debit is announced and ends days later; the others lead their payer to a page and back. */
  flow: "debit" | "redirect" | "qr_code";
  fee: FeeRule;
  /** What is kept of it, from an account number, an IBAN or nothing. */
  kept(number: string): Partial<Method>;
  /** What a charge says of it. */
  charged(method: Method, mandate: string | null): Partial<ChargeDetails>;
}

const fixed = (minor: bigint): FeeRule => ({ bps: 0n, fixedMinor: minor });

/** The ways to pay that are built, beside cards: https://docs.stripe.com/payments/payment-methods */
export const otherMethods = {
  us_bank_account: {
    currencies: ["usd"],
    flow: "debit",
    fee: { bps: 80n, fixedMinor: 0n, capMinor: 500n },
    kept: (number) => ({ us_bank_account: usAccount(number) }),
    charged: ({ us_bank_account: bank }, mandate) => ({
      us_bank_account: {
        account_holder_type: bank?.account_holder_type ?? null,
        account_type: bank?.account_type ?? null,
        bank_name: bank?.bank_name ?? null,
        fingerprint: bank?.fingerprint ?? null,
        last4: bank?.last4 ?? null,
        payment_reference: null,
        routing_number: bank?.routing_number ?? null,
        ...(mandate === null ? {} : { mandate }),
      },
    }),
  },
  sepa_debit: {
    currencies: ["eur"],
    flow: "debit",
    fee: fixed(35n),
    kept: (number) => ({ sepa_debit: sepaAccount(number) }),
    charged: ({ sepa_debit: bank }, mandate) => ({
      sepa_debit: {
        bank_code: bank?.bank_code ?? null,
        branch_code: bank?.branch_code ?? null,
        country: bank?.country ?? null,
        fingerprint: bank?.fingerprint ?? null,
        last4: bank?.last4 ?? null,
        mandate,
      },
    }),
  },
  ideal: {
    currencies: ["eur"],
    flow: "redirect",
    fee: fixed(29n),
    kept: () => ({ ideal: { bank: null, bic: null } }),
    charged: () => ({
      ideal: {
        bank: "ing",
        bic: "INGBNL2A",
        generated_sepa_debit: null,
        generated_sepa_debit_mandate: null,
        iban_last4: "5264",
        transaction_id: null,
        verified_name: null,
      },
    }),
  },
  bancontact: {
    currencies: ["eur"],
    flow: "redirect",
    fee: { bps: 140n, fixedMinor: 25n },
    kept: () => ({ bancontact: {} }),
    charged: () => ({
      bancontact: {
        bank_code: null,
        bank_name: null,
        bic: null,
        generated_sepa_debit: null,
        generated_sepa_debit_mandate: null,
        iban_last4: null,
        preferred_language: null,
        verified_name: null,
      },
    }),
  },
  grabpay: {
    currencies: ["myr", "sgd"],
    flow: "redirect",
    fee: { bps: 330n, fixedMinor: 0n },
    kept: () => ({ grabpay: {} }),
    charged: () => ({ grabpay: { transaction_id: null } }),
  },
  pix: {
    currencies: ["brl"],
    flow: "qr_code",
    fee: { bps: 119n, fixedMinor: 0n },
    kept: () => ({ pix: {} }),
    charged: () => ({ pix: { bank_transaction_id: null } }),
  },
} as const satisfies Record<string, OtherMethod>;

export type OtherType = keyof typeof otherMethods;

/** How a payment method other than a card works; undefined for a card. */
export function wayOf({ type }: Pick<Method, "type">): OtherMethod | undefined {
  return (otherMethods as Record<string, OtherMethod>)[type];
}

function usAccount(number: string): NonNullable<Method["us_bank_account"]> {
  return {
    account_holder_type: "individual",
    account_type: "checking",
    bank_name: "STRIPE TEST BANK",
    financial_connections_account: null,
    fingerprint: fingerprintOf(number),
    last4: number.slice(-4),
    networks: { preferred: "ach", supported: ["ach"] },
    routing_number: "110000000",
    status_details: {},
  };
}

function sepaAccount(iban: string): NonNullable<Method["sepa_debit"]> {
  return {
    bank_code: iban.slice(4, 9),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: fingerprintOf(iban),
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  };
}

function fingerprintOf(number: string): string {
  return createHash("sha256").update(number).digest("base64url").slice(0, 16);
}
