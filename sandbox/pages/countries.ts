const codes =
  "AE AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GI GR HK HR HU IE IN IT JP LI LT LU LV MT " +
  "MX MY NL NO NZ PL PT RO SE SG SI SK TH US";

const names = new Intl.DisplayNames(["en"], { type: "region" });

/** The countries the page offers, by name. */
export const countries = codes
  .split(" ")
  .map((code) => ({ code, name: names.of(code) ?? code }))
  .sort((left, right) => left.name.localeCompare(right.name));
