import { useFormatter } from "next-intl";

/** A share in hundredths of a percent, as "2.90%"; a dash where there is no whole. */
export function Rate({ bps }: { bps: number | null }) {
  const format = useFormatter();
  if (bps === null) return <span className="text-muted">–</span>;
  const text = format.number(bps / 10_000, {
    ...{ style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 },
  });
  return <span className="whitespace-nowrap tabular-nums">{text.replace("-", "−")}</span>;
}
