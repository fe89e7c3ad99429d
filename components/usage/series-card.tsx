import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { UsageChart } from "#components/usage/usage-chart";
import type { SeriesPoint, SeriesStep } from "#lib/usage/get-series";
import type { MeterUsage } from "#lib/usage/get-usage";

type Props = {
  usage: MeterUsage;
  step: SeriesStep;
  points: readonly SeriesPoint[];
  root: string;
};

/** A meter over time, by the day or the hour. */
export function SeriesCard({ usage, step, points, root }: Props) {
  const t = useTranslations("usage.chart");
  const { meter, name, unit } = usage;
  const steps = (
    <nav aria-label={t("by")} className="flex gap-3">
      {(["day", "hour"] as const).map((other) => (
        <Link
          key={other}
          href={`${root}?meter=${encodeURIComponent(meter.key)}&by=${other}`}
          aria-current={other === step ? "true" : undefined}
          className="py-1 text-muted hover:text-foreground aria-[current=true]:font-semibold aria-[current=true]:text-foreground aria-[current=true]:underline aria-[current=true]:underline-offset-4"
        >
          {t(other)}
        </Link>
      ))}
    </nav>
  );
  return (
    <Card title={t("title")} action={steps}>
      <UsageChart
        name={name}
        unit={unit}
        step={step}
        points={points.map(({ at, quantity }) => ({ at: at.toISOString(), quantity }))}
      />
    </Card>
  );
}
