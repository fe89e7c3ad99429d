/** Where a tenant may be: the countries Stripe opens accounts in. https://stripe.com/global */
export const countries = [
  ...["AE", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI"],
  ...["FR", "GB", "GI", "GR", "HK", "HR", "HU", "IE", "IT", "JP", "LI", "LT", "LU", "LV", "MT"],
  ...["MX", "MY", "NL", "NO", "NZ", "PL", "PT", "RO", "SE", "SG", "SI", "SK", "TH", "US"],
] as const;

export type Country = (typeof countries)[number];
