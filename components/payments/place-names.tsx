import { countryOfTaxId, type TaxIdType, taxIdTypes } from "#lib/payments/tax-id-types";

/** What a list offers: what is sent, and what people read. */
export type Option = { readonly value: string; readonly label: string };

/** The languages Stripe prints invoices in that we can name. */
const languages = [
  ...["da", "de", "en", "es", "fi", "fr", "it", "ja", "nb", "nl", "pl", "pt", "sv", "zh"],
];

/**
 * Countries, languages and tax ids by their names. Made where the page is made: browsers call some
 * places otherwise than the server does, and both must say the same.
 */
export function placeNames(
  locale: string,
  { countries, language }: { countries: readonly string[]; language: string },
) {
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const tongues = new Intl.DisplayNames(locale, { type: "language" });
  const sorted = (options: Option[]): Option[] =>
    options.toSorted((left, right) => left.label.localeCompare(right.label, locale));
  const spoken = language && !languages.includes(language) ? [...languages, language] : languages;
  return {
    countries: sorted(countries.map((value) => ({ value, label: regions.of(value) ?? value }))),
    languages: spoken.map((value) => ({ value, label: tongues.of(value) ?? value })),
    taxIds: sorted(
      (Object.keys(taxIdTypes) as TaxIdType[]).map((value) => {
        const country = countryOfTaxId(value);
        // "Germany: STN" of `de_stn`.
        const kind = value.slice(3).replaceAll("_", " ").toUpperCase();
        const place = country ? (regions.of(country) ?? country) : "EU";
        return { value, label: `${place}: ${kind}` };
      }),
    ),
  };
}
