import type { TestCard } from "#sandbox/payments/test-cards";

/** A card of each brand, and those of a country's own brand beside its Visa card:
 *  https://docs.stripe.com/testing#cards. Cards without a country are issued in the United States. */
export const brandCards: Record<string, TestCard> = {
  "4242424242424242": { brand: "visa" },
  "4012888888881881": { brand: "visa" },
  "4000056655665556": { brand: "visa", funding: "debit" },
  "5555555555554444": { brand: "mastercard" },
  "2223003122003222": { brand: "mastercard" },
  "5200828282828210": { brand: "mastercard", funding: "debit" },
  "5105105105105100": { brand: "mastercard", funding: "prepaid" },
  "378282246310005": { brand: "amex", threeDSecure: "not_supported" },
  "371449635398431": { brand: "amex" },
  "6011111111111117": { brand: "discover" },
  "6011000990139424": { brand: "discover" },
  "6011981111111113": { brand: "discover", funding: "debit" },
  "3056930009020004": { brand: "diners" },
  "36227206271667": { brand: "diners" },
  "30569309025904": { brand: "diners" },
  "38520000023237": { brand: "diners" },
  "6555900000604105": { brand: "discover" },
  "3566002020360505": { brand: "jcb", country: "JP" },
  "3530111333300000": { brand: "jcb", country: "JP" },
  "6200000000000005": { brand: "unionpay", country: "CN" },
  "6200000000000047": { brand: "unionpay", country: "CN", funding: "debit" },
  "6205500000000000004": { brand: "unionpay", country: "CN" },
  "4000002500001001": { brand: "visa", country: "FR", networks: ["cartes_bancaires", "visa"] },
  "5555552500001001": {
    ...{ brand: "mastercard", country: "FR", networks: ["cartes_bancaires", "mastercard"] },
  },
  "4000050360000001": {
    ...{ brand: "visa", country: "AU", funding: "debit", networks: ["eftpos_au", "visa"] },
  },
  "5555050360000080": {
    ...{ brand: "mastercard", country: "AU", funding: "debit" },
    networks: ["eftpos_au", "mastercard"],
  },
  // The SDK's list of brands has no word for Carnet.
  "5062210000000009": { brand: "unknown", country: "MX" },
  "5555558265554449": { brand: "mastercard", country: "GB" },
  "4000058260000005": { brand: "visa", country: "GB", funding: "debit" },
  "5200007840000022": { brand: "mastercard", country: "AE" },
  "4000057640000008": { brand: "visa", country: "TH", funding: "debit" },
  // For health: flexible spending and savings accounts.
  "4000051230000072": { brand: "visa", funding: "debit" },
  "5200828282828897": { brand: "mastercard", funding: "debit" },
};
