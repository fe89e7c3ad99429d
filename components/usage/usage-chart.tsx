"use client";

import dynamic from "next/dynamic";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Skeleton } from "#components/ui/skeleton";
import { sayQuantity } from "#components/usage/quantity";
import type { SeriesStep } from "#lib/usage/get-series";

const UsagePlot = dynamic(
  () => import("#components/usage/usage-plot").then((part) => part.UsagePlot),
  { ssr: false, loading: Coming },
);

function Coming() {
  return (
    <div aria-busy>
      <Skeleton className="h-56 w-full" />
    </div>
  );
}

type Props = {
  name: string;
  unit: string | null;
  step: SeriesStep;
  points: readonly { at: string; quantity: string }[];
};

/** A meter over time: drawn for the eye, and as a table of the same figures. */
export function UsageChart({ name, unit, step, points }: Props) {
  const t = useTranslations("usage.chart");
  const format = useFormatter();
  const locale = useLocale();
  const compact = new Intl.NumberFormat(locale, { notation: "compact" });
  const rows = points.map(({ at, quantity }) => ({
    at,
    label: format.dateTime(
      new Date(at),
      step === "hour"
        ? { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false }
        : { day: "numeric", month: "short" },
    ),
    height: Number(quantity),
    said: sayQuantity(quantity, unit, locale),
  }));
  return (
    <figure className="grid grid-cols-1 gap-2">
      <figcaption className="text-xs text-muted">{t("caption", { name, step })}</figcaption>
      <div aria-hidden className="h-56 min-w-0">
        <UsagePlot bars={rows} sayHeight={(height) => compact.format(height)} />
      </div>
      <details className="text-xs">
        <summary className="w-fit cursor-pointer font-medium text-link">{t("table")}</summary>
        <table className="mt-2 w-full tabular-nums">
          <caption className="sr-only">{t("caption", { name, step })}</caption>
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1 text-start font-normal">
                {t("time")}
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                {t("quantity")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, label, said }) => (
              <tr key={at} className="border-t border-separator">
                <th scope="row" className="py-1 text-start font-normal">
                  {label}
                </th>
                <td className="py-1 text-end">{said}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
