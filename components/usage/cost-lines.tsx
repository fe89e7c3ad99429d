import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { sayQuantity } from "#components/usage/quantity";
import { currencies } from "#lib/money/currency";
import type { UsageCost } from "#lib/usage/cost";

/** The cost part by part, as the invoice will have it. */
export function CostLines({ cost }: { cost: UsageCost }) {
  const t = useTranslations("usage.lines");
  const locale = useLocale();
  const { currency } = cost.total;
  const { minor: correction } = cost.correction;
  const tierOf = ({ tier, quantity }: UsageCost["parts"][number]) =>
    tier === null ? t("all") : t(quantity === null ? "flat" : "tier", { tier });
  return (
    <Card title={t("title")}>
      <table className="w-full tabular-nums">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="py-1 text-start font-normal">
              {t("part")}
            </th>
            <th scope="col" className="py-1 text-end font-normal">
              {t("quantity")}
            </th>
            <th scope="col" className="is-desktop-only py-1 text-end font-normal">
              {t("each")}
            </th>
            <th scope="col" className="py-1 text-end font-normal">
              {t("amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {cost.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
            <tr key={index} className="border-t border-separator">
              <th scope="row" className="py-1.5 text-start font-normal">
                {tierOf(part)}
              </th>
              <td className="py-1.5 text-end">
                {part.quantity === null ? "" : sayQuantity(part.quantity, null, locale)}
              </td>
              <td className="is-desktop-only py-1.5 text-end text-muted">
                {sayEach(part.eachMinor, currency, locale)}
              </td>
              <td className="py-1.5 text-end">
                <Amount of={{ minor: part.minor, currency }} />
              </td>
            </tr>
          ))}
          {correction !== 0n && (
            <tr className="border-t border-separator">
              <th scope="row" colSpan={3} className="py-1.5 text-start font-normal">
                {t(correction > 0n ? "minimum" : "cap")}
              </th>
              <td className="py-1.5 text-end">
                <Amount of={cost.correction} />
              </td>
            </tr>
          )}
          <tr className="border-t border-border font-semibold">
            <th scope="row" className="py-1.5 text-start">
              {t("total")}
            </th>
            <td />
            <td className="is-desktop-only" />
            <td className="py-1.5 text-end">
              <Amount of={cost.total} />
            </td>
          </tr>
        </tbody>
      </table>
    </Card>
  );
}

/** A unit's price, which may be finer than any coin: all of its decimals, by moving the point. */
function sayEach(minor: string, currency: keyof typeof currencies, locale: string): string {
  const { decimals } = currencies[currency];
  const [whole = "0", fraction = ""] = minor.split(".");
  const digits = whole.padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const major = `${digits.slice(0, point)}.${digits.slice(point)}${fraction}`;
  const format = new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency, maximumFractionDigits: 12 },
  });
  return format.format(major.replace(/\.$/, "") as `${number}`);
}
