import { useTranslations } from "next-intl";
import type { MethodWords } from "#lib/billing/invoice-payments";

/** A payment method as its owner knows it: "Visa ending in 4242". */
export function MethodName({ of: { type, brand, last4 } }: { of: MethodWords }) {
  const t = useTranslations("payments");
  const key = `types.${type}` as "types.card";
  const kind = t.has(key) ? t(key) : type.replaceAll("_", " ");
  const name = brand ? brandName(brand) : kind;
  return <>{last4 ? t("ending", { name, last4 }) : name}</>;
}

const names: Readonly<Record<string, string>> = {
  amex: "American Express",
  cartes_bancaires: "Cartes Bancaires",
  diners: "Diners Club",
  jcb: "JCB",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
};

function brandName(brand: string): string {
  const own = names[brand];
  return own ?? brand.replaceAll("_", " ").replace(/^\w/, (first) => first.toUpperCase());
}
