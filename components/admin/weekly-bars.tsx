import { useFormatter } from "next-intl";

type Week = { readonly week: Date; readonly count: number };

/** A count per week as bars. Those who hear the page get the same as a list. */
export function WeeklyBars({ label, of }: { label: string; of: readonly Week[] }) {
  const format = useFormatter();
  const most = Math.max(1, ...of.map(({ count }) => count));
  const day = (week: Date) => format.dateTime(week, { day: "numeric", month: "short" });
  return (
    <ol aria-label={label} className="flex h-36 items-stretch gap-1.5">
      {of.map(({ week, count }, index) => (
        <li
          key={week.toISOString()}
          title={`Week of ${day(week)}: ${count}`}
          className="flex min-w-0 flex-1 flex-col"
        >
          <span className="sr-only">{`Week of ${day(week)}: ${count}`}</span>
          <span aria-hidden className="flex min-h-0 flex-1 flex-col justify-end gap-1 text-center">
            <span className="text-2xs text-muted tabular-nums">{count > 0 ? count : ""}</span>
            <span
              className={count > 0 ? "block rounded-t-xs bg-plot-1" : "block bg-separator"}
              style={{ height: count > 0 ? `${(count / most) * 75}%` : "1px" }}
            />
          </span>
          <span
            aria-hidden
            className="h-5 overflow-visible border-t border-border pt-1 text-2xs whitespace-nowrap text-muted"
          >
            {index % 4 === 0 ? day(week) : ""}
          </span>
        </li>
      ))}
    </ol>
  );
}
