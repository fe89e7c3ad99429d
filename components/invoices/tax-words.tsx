import { useLocale, useTranslations } from "next-intl";
import type { InvoiceTax } from "#lib/billing/invoice-parts";

/** What a tax of the whole invoice is called: its rate, or why nothing was taken. */
export function useTaxWords(): (tax: InvoiceTax) => string {
  const t = useTranslations("payments.sums");
  const places = new Intl.DisplayNames(useLocale(), { type: "region" });
  return ({ reason, percent, name, country, isInside, amount }) => {
    if (reason === "reverse_charge") return t("reverseCharge");
    if (reason === "customer_exempt") return t("exempt");
    if (reason === "not_collecting" && country) {
      return t("notCollected", { place: places.of(country) ?? country });
    }
    if (amount.minor === 0n) return t("noTax");
    if (!percent || !name) return t(isInside ? "taxPlainInside" : "taxPlain");
    return t(isInside ? "taxInside" : "tax", { name, percent });
  };
}

/** The same of one line, in short. */
export function useLineTaxWords(): (tax: InvoiceTax) => string {
  const t = useTranslations("payments.lineTax");
  return ({ reason, percent, isInside, amount }) => {
    if (reason === "reverse_charge") return t("reverseCharge");
    if (reason === "customer_exempt") return t("exempt");
    if (amount.minor === 0n || !percent) return amount.minor === 0n ? t("none") : "";
    return t(isInside ? "inside" : "onTop", { percent });
  };
}
