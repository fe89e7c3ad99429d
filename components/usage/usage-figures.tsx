import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Stat, Stats } from "#components/ui/stat";
import { sayCap, sayQuantity } from "#components/usage/quantity";
import type { MeterUsage } from "#lib/usage/get-usage";

/** The figures that matter of one meter: used, cost, expected, cap. */
export function UsageFigures({ usage }: { usage: MeterUsage }) {
  const t = useTranslations("usage.stats");
  const locale = useLocale();
  const { quantity, unit, from, to, cost, gate } = usage;
  return (
    <Stats>
      <Stat
        label={t("used")}
        value={sayQuantity(quantity, unit, locale)}
        note={t("since", { from, to })}
      />
      <Stat
        label={t("cost")}
        value={cost ? <Amount of={cost.total} /> : "–"}
        note={cost ? t("beforeTax") : t("free")}
      />
      <Expected usage={usage} />
      <Stat
        label={t("cap")}
        value={gate ? sayCap(gate.most, unit, locale) : t("noCap")}
        note={gate ? t(gate.by === "plan" ? "capPlan" : "capOwn") : t("noCapNote")}
      />
    </Stats>
  );
}

function Expected({ usage: { forecast, unit } }: { usage: MeterUsage }) {
  const t = useTranslations("usage.stats");
  const locale = useLocale();
  if (!forecast) return <Stat label={t("forecast")} value="–" note={t("early")} />;
  const quantity = sayQuantity(forecast.quantity, unit, locale);
  const said = forecast.learntFromDays > 0 ? "expectedWeekly" : "expected";
  return (
    <Stat
      label={t("forecast")}
      value={forecast.cost ? <Amount of={forecast.cost.total} /> : quantity}
      note={t(said, { quantity })}
    />
  );
}
