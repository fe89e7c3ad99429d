import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { formatDecimal, parseDecimal } from "#lib/catalog/rational";
import { type Currency, currencies } from "#lib/money/currency";
import type { SaleDetail } from "#lib/selling/list-sales";

/** Each step of how a payment's fee came about, in sentences. */
export function FeeWhy({ sale }: { sale: SaleDetail }) {
  const t = useTranslations("selling.sale");
  const locale = useLocale();
  const { why, fee, due, gross, taken, policyNumber, settling, kind } = sale;
  const { currency } = gross;
  const say = (minor: string) => sayExactly(minor, currency, locale);
  const isOver = kind !== "separate" && why !== null && taken.minor > due.minor;
  return (
    <Card title={t("why", { fee: formatAmount(fee, locale) })}>
      {why === null ? (
        <p className="text-muted">{t("elsewhere")}</p>
      ) : (
        <div className="grid gap-3">
          <p>
            {why.rule === null
              ? t("noRule")
              : t("rule", { rule: why.rule, number: policyNumber ?? 0 })}
          </p>
          <ol className="grid list-inside list-decimal gap-1 tabular-nums">
            {why.steps.map((step) => (
              <li key={step.kind}>
                {step.kind === "percent"
                  ? t("percent", {
                      percent: step.percent,
                      gross: formatAmount(gross, locale),
                      amount: say(step.minor),
                    })
                  : t(step.kind, { amount: say(step.minor) })}
              </li>
            ))}
          </ol>
          <p className="text-muted">
            {t("volume", { volume: say(why.volumeMinor), plan: why.plan ?? "–" })}
          </p>
          {why.passed.length > 0 && (
            <ul className="grid gap-1 text-muted">
              {why.passed.map(({ rule, because }) => (
                <li key={rule}>{t("passed", { rule, because })}</li>
              ))}
            </ul>
          )}
          {isOver && <p>{t("taken", { taken: formatAmount(taken, locale), settling })}</p>}
          {kind === "separate" && settling !== "done" && <p>{t("sending", { settling })}</p>}
        </div>
      )}
    </Card>
  );
}

/** A part of a minor unit is said too: 30.45 cents are $0.3045. */
function sayExactly(minor: string, currency: Currency, locale: string): string {
  const { whole, scale } = parseDecimal(minor);
  if (scale === 0) return formatAmount({ minor: whole, currency }, locale);
  const exact = formatDecimal({ whole, scale: scale + currencies[currency].decimals });
  return new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency: currency.toUpperCase(), maximumFractionDigits: 8 },
  }).format(exact as Intl.StringNumericLiteral);
}
