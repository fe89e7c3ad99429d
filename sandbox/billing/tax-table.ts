/** A place's standard rate. */
export interface PlaceRate {
  percentage: string;
  type: "gst" | "hst" | "jct" | "sales_tax" | "vat";
  name: string;
}

const vat = (percentage: string): PlaceRate => ({ percentage, type: "vat", name: "VAT" });
const gst = (percentage: string): PlaceRate => ({ percentage, type: "gst", name: "GST" });
const sales = (percentage: string): PlaceRate => ({
  percentage,
  type: "sales_tax",
  name: "Sales tax",
});

/** Standard rates by country in 2026, without reduced rates, cities or counties: enough to see tax
 *  appear, and nothing to file a return by. */
const countries: Record<string, PlaceRate> = {
  AT: vat("20"),
  AU: gst("10"),
  BE: vat("21"),
  BG: vat("20"),
  CH: vat("8.1"),
  CY: vat("19"),
  CZ: vat("21"),
  DE: vat("19"),
  DK: vat("25"),
  EE: vat("24"),
  ES: vat("21"),
  FI: vat("25.5"),
  FR: vat("20"),
  GB: vat("20"),
  GR: vat("24"),
  HR: vat("25"),
  HU: vat("27"),
  IE: vat("23"),
  IN: gst("18"),
  IT: vat("22"),
  JP: { percentage: "10", type: "jct", name: "JCT" },
  LT: vat("21"),
  LU: vat("17"),
  LV: vat("21"),
  MT: vat("18"),
  NL: vat("21"),
  NO: vat("25"),
  NZ: gst("15"),
  PL: vat("23"),
  PT: vat("23"),
  RO: vat("21"),
  SE: vat("25"),
  SG: gst("9"),
  SI: vat("22"),
  SK: vat("23"),
};

/** The rate of a whole state or province, by country and state. */
const states: Record<string, PlaceRate> = {
  "CA AB": gst("5"),
  "CA BC": gst("5"),
  "CA NS": { percentage: "14", type: "hst", name: "HST" },
  "CA ON": { percentage: "13", type: "hst", name: "HST" },
  "CA QC": gst("5"),
  "US CA": sales("7.25"),
  "US FL": sales("6"),
  "US IL": sales("6.25"),
  "US MA": sales("6.25"),
  "US NJ": sales("6.625"),
  "US NY": sales("4"),
  "US OH": sales("5.75"),
  "US PA": sales("6"),
  "US TX": sales("6.25"),
  "US WA": sales("6.5"),
};

const union = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

/** The standard rate of a place, if the table knows it. */
export function rateOf(country: string, state: string | null): PlaceRate | undefined {
  return states[`${country} ${state ?? ""}`] ?? countries[country];
}

/** Whether a country is of the European Union, where businesses abroad reverse the charge. */
export function isOfUnion(country: string): boolean {
  return union.has(country);
}
