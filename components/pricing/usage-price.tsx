import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatUnitPrice } from "#components/pricing/unit-price";
import type { PriceOffer, Tier } from "#lib/catalog/plan";

/** What use costs, step by step. */
export function UsagePrice(props: { name: string; unit: string; offer: PriceOffer; each: string }) {
  const { name, unit, offer, each } = props;
  const t = useTranslations("marketing.pricing");
  const locale = useLocale();
  if (!offer.tiers) {
    const amount = formatUnitPrice(offer.unitMinor ?? "0", offer.currency, locale);
    return <p>{t("usagePrice", { amount, unit })}</p>;
  }
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="pb-1 text-start text-muted">
        {t("usage", { name, each })}. {offer.tiers.length > 1 && t("graduated")}
      </caption>
      <tbody>
        {offer.tiers.map((tier, index) => (
          <tr key={tier.upTo ?? "rest"} className="border-t border-separator">
            <th scope="row" className="py-1.5 text-start font-normal">
              <TierRange tier={tier} isFirst={index === 0} />
            </th>
            <td className="py-1.5 text-end">
              <TierPrice tier={tier} unit={unit} offer={offer} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TierRange({ tier, isFirst }: { tier: Tier; isFirst: boolean }) {
  const t = useTranslations("marketing.pricing");
  const format = useFormatter();
  if (tier.upTo === null) return isFirst ? t("tierAll") : t("tierRest");
  const count = format.number(BigInt(tier.upTo));
  return isFirst ? t("tierFirst", { count }) : t("tierNext", { count });
}

function TierPrice({ tier, unit, offer }: { tier: Tier; unit: string; offer: PriceOffer }) {
  const t = useTranslations("marketing.pricing");
  const locale = useLocale();
  const hasUnit = Number(tier.unitMinor) > 0;
  const hasFlat = Number(tier.flatMinor) > 0;
  const amountOf = (minor: string) => formatUnitPrice(minor, offer.currency, locale);
  const first = t("tierFlat", { amount: amountOf(tier.flatMinor) });
  const second = t("usagePrice", { amount: amountOf(tier.unitMinor), unit });
  if (hasFlat && hasUnit) return t("and", { first, second });
  if (hasFlat) return first;
  return hasUnit ? second : t("included");
}
