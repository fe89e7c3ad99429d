const euro = [
  ...["AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV"],
  ...["MT", "NL", "PT", "SI", "SK"],
];

const others: Record<string, string> = {
  ...{ AE: "aed", AU: "aud", BR: "brl", CA: "cad", CH: "chf", CZ: "czk", DK: "dkk", GB: "gbp" },
  ...{ GI: "gbp", HK: "hkd", HU: "huf", IN: "inr", JP: "jpy", LI: "chf", MX: "mxn", MY: "myr" },
  ...{ NO: "nok", NZ: "nzd", PL: "pln", RO: "ron", SE: "sek", SG: "sgd", TH: "thb" },
};

/** The currency a country's banks keep accounts in. */
export function currencyOf(country: string): string {
  return euro.includes(country) ? "eur" : (others[country] ?? "usd");
}
