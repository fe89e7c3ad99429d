import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatUnitPrice } from "#components/pricing/unit-price";
import type { ComponentPrice, PlanComponent, Tier } from "#lib/catalog/plan";
import { tiersOf } from "#lib/catalog/price-of";

type Props = {
  component: Pick<PlanComponent, "name" | "unit" | "included">;
  offer: ComponentPrice;
  /** How often it is counted: "each month". */
  each: string;
};

/** What use costs, step by step, whatever the way it is priced. */
export function UsagePrice(props: Props) {
  return (
    <div className="grid gap-1">
      <Way {...props} />
      <Bounds offer={props.offer} each={props.each} />
    </div>
  );
}

function Way({ component, offer, each }: Props) {
  const t = useTranslations("marketing.pricing");
  const { name } = component;
  const unit = component.unit ?? name;
  const format = useFormatter();
  const locale = useLocale();
  const amount = () => formatUnitPrice(offer.unitMinor ?? "0", offer.currency, locale);
  if (offer.model === "percentage") return <Share component={component} offer={offer} />;
  if (offer.model === "package") {
    const size = format.number(BigInt(offer.packageSize ?? "1"));
    return <p>{t("packagePrice", { amount: amount(), size, unit })}</p>;
  }
  const tiers = tiersOf(offer, component.included);
  if (!tiers) return <p>{t("usagePrice", { amount: amount(), unit })}</p>;
  const isVolume = offer.model === "volume";
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="pb-1 text-start text-muted">
        {t("usage", { name, each })}. {tiers.length > 1 && t(isVolume ? "volume" : "graduated")}
      </caption>
      <tbody>
        {tiers.map((tier, index) => (
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

/** A share of money: what is included is money too, in minor units of the offer's currency. */
function Share({ component: { name, included }, offer }: Omit<Props, "each">) {
  const t = useTranslations("marketing.pricing");
  const locale = useLocale();
  const percent = offer.percent ?? "0";
  if (BigInt(included) === 0n) return <p>{t("share", { percent, name })}</p>;
  const from = formatUnitPrice(included, offer.currency, locale);
  return <p>{t("shareBeyond", { percent, name, from })}</p>;
}

function Bounds({ offer, each }: Pick<Props, "offer" | "each">) {
  const t = useTranslations("marketing.pricing");
  const locale = useLocale();
  const { minimumMinor, capMinor, currency } = offer;
  const amountOf = (minor: string) => formatUnitPrice(minor, currency, locale);
  const said = [
    minimumMinor === null ? "" : t("atLeast", { amount: amountOf(minimumMinor), each }),
    capMinor === null ? "" : t("atMost", { amount: amountOf(capMinor), each }),
  ].filter(Boolean);
  if (said.length === 0) return null;
  return <p className="text-xs text-muted">{said.join(" ")}</p>;
}

function TierRange({ tier, isFirst }: { tier: Tier; isFirst: boolean }) {
  const t = useTranslations("marketing.pricing");
  const format = useFormatter();
  if (tier.upTo === null) return isFirst ? t("tierAll") : t("tierRest");
  const count = format.number(BigInt(tier.upTo));
  return isFirst ? t("tierFirst", { count }) : t("tierNext", { count });
}

function TierPrice(props: { tier: Tier; unit: string; offer: ComponentPrice }) {
  const { tier, unit, offer } = props;
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
