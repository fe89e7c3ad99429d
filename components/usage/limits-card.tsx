import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { Fold } from "#components/ui/fold";
import { LimitForm } from "#components/usage/limit-form";
import { sayQuantity } from "#components/usage/quantity";
import { RemoveLimit } from "#components/usage/remove-limit";
import type { MeterUsage } from "#lib/usage/get-usage";
import { percentOf, type UsageLimit } from "#lib/usage/limit";

type Props = {
  slug: string;
  usage: MeterUsage;
  limits: readonly UsageLimit[];
  /** Whether the reader may set and remove them. */
  mayLimit: boolean;
};

/** A meter's alerts and caps, how far each is reached, and the form for another. */
export function LimitsCard({ slug, usage, limits, mayLimit }: Props) {
  const t = useTranslations("usage.limits");
  return (
    <Card title={t("title")} note={t("note")}>
      <div className="grid gap-4">
        {limits.length === 0 ? (
          <p className="text-muted">{t("empty")}</p>
        ) : (
          <ul className="grid">
            {limits.map((limit) => (
              <LimitLine key={limit.id} slug={slug} usage={usage} limit={limit} may={mayLimit} />
            ))}
          </ul>
        )}
        {mayLimit && (
          <div className="border-t border-separator pt-4">
            <Fold label={t("open")}>
              <LimitForm
                slug={slug}
                meterKey={usage.meter.key}
                currency={usage.cost?.total.currency ?? null}
              />
            </Fold>
          </div>
        )}
      </div>
    </Card>
  );
}

type LineProps = { slug: string; usage: MeterUsage; limit: UsageLimit; may: boolean };

function LimitLine({ slug, usage, limit, may }: LineProps) {
  const t = useTranslations("usage.limits");
  const locale = useLocale();
  const { cost, quantity, unit } = usage;
  const isSpend = limit.measure === "spend";
  const amount =
    isSpend && cost
      ? formatAmount({ minor: limit.amount, currency: cost.total.currency }, locale)
      : sayQuantity(limit.amount, unit, locale);
  const percent = percentOf(isSpend ? String(cost?.total.minor ?? 0) : quantity, limit.amount);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-separator py-2 last:border-b-0">
      <span>
        <span className="font-medium">{t(`names.${limit.act}`)}</span>{" "}
        <span className="tabular-nums">{amount}</span>
      </span>
      <span className="flex items-center gap-3">
        <span className="text-xs text-muted tabular-nums">
          {percent >= 100 ? `▲ ${t("reached")}` : `${percent} %`}
        </span>
        {may && <RemoveLimit slug={slug} id={limit.id} act={limit.act} amount={amount} />}
      </span>
    </li>
  );
}
