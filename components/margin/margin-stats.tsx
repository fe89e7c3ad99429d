import { StatLink } from "#components/admin/stat-link";
import { movesHref } from "#components/margin/addresses";
import { Rate } from "#components/margin/rate";
import { Amount } from "#components/ui/amount";
import { Stats } from "#components/ui/stat";
import { earnedOf, figures, shareBps } from "#lib/margin/figures";
import type { Margin } from "#lib/margin/get-margin";
import type { MarginQuery } from "#lib/margin/input";

/** The figures of all together; each opens the moves it is the sum of. */
export function MarginStats({ query, of }: { query: MarginQuery; of: Margin }) {
  const { total, currency } = of;
  const amount = (minor: bigint) => <Amount of={{ minor, currency }} />;
  const href = (figure: Parameters<typeof movesHref>[1]["figure"]) =>
    movesHref(query, { figure, currency });
  const ofEarned = (minor: bigint) => (
    <>
      <Rate bps={shareBps(minor, earnedOf(total))} /> of what was earned
    </>
  );
  return (
    <Stats>
      <StatLink
        label="Net margin"
        value={amount(total.net)}
        note={ofEarned(total.net)}
        href={href("net")}
      />
      <StatLink
        label="Take rate"
        value={<Rate bps={total.takeRateBps} />}
        note={
          <>
            {amount(total.fees)} of {amount(total.volume)} paid
          </>
        }
        href={href("fees")}
      />
      <StatLink
        label={figures.plans.label}
        value={amount(total.plans)}
        note="earned day by day"
        href={href("plans")}
      />
      <StatLink
        label={figures.processing.label}
        value={amount(total.processing)}
        note={ofEarned(total.processing)}
        href={href("processing")}
      />
      <StatLink
        label={figures.disputes.label}
        value={amount(total.disputes)}
        note={ofEarned(total.disputes)}
        href={href("disputes")}
      />
    </Stats>
  );
}
