import { useFormatter, useNow } from "next-intl";

const dayMs = 86_400_000;

type Props = {
  at: Date | string;
  /** `relative` reads "2 hr. ago" within a week, the date beyond; the others stand still. */
  as?: "relative" | "date" | "exact";
};

/** An instant in words, with the exact one on hover. The server and the browser say the same. */
export function Moment({ at, as = "relative" }: Props) {
  const format = useFormatter();
  const now = useNow();
  const instant = typeof at === "string" ? new Date(at) : at;
  const exact = format.dateTime(instant, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "UTC",
  });
  const isNear = Math.abs(now.getTime() - instant.getTime()) < 7 * dayMs;

  const text =
    as === "exact"
      ? `${exact} UTC`
      : as === "relative" && isNear
        ? format.relativeTime(instant, { now, style: "short" })
        : format.dateTime(instant, { day: "numeric", month: "short", year: "numeric" });
  return (
    <time dateTime={instant.toISOString()} title={`${exact} UTC`} className="whitespace-nowrap">
      {text}
    </time>
  );
}
