import { Amounts } from "#components/admin/amounts";
import { Count } from "#components/admin/count";
import { Card, Fact, Facts } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { Verdict } from "#lib/reconciliation/read-verdict";

/** Whether our books and Stripe say the same: what differs, what it is worth, and since when. */
export function BooksCard({ verdict }: { verdict: Verdict }) {
  const { open, worth, books, unchecked, outOfReach, comparedAt } = verdict;
  return (
    <Card
      title="Books"
      note="ours beside Stripe’s"
      action={<TextLink href="/admin/reconciliation">Reconciliation</TextLink>}
    >
      <Facts>
        <Fact label="All accounts">
          <State of={verdict} />
        </Fact>
        <Fact label="Breaks">
          <TextLink href="/admin/reconciliation/breaks">
            <Count of={open} />
          </TextLink>
        </Fact>
        <Fact label="Worth together">
          <Amounts of={worth} />
        </Fact>
        <Fact label="Accounts with a book">
          <Count of={books} />
          {unchecked > 0 && <span className="text-muted"> · {unchecked} not compared lately</span>}
          {outOfReach > 0 && <span className="text-muted"> · {outOfReach} disconnected</span>}
        </Fact>
        <Fact label="All compared since">
          {comparedAt ? <Moment at={comparedAt} /> : <span className="text-muted">not yet</span>}
        </Fact>
      </Facts>
    </Card>
  );
}

function State({ of: { state, open, comparedAt } }: { of: Verdict }) {
  if (state === "breaks") {
    return <Status of="breaks">{open === 1 ? "1 break" : `${open} breaks`}</Status>;
  }
  if (state === "in lockstep") return <Status of="holds">in lockstep</Status>;
  return (
    <Status of="late">
      {comparedAt ? (
        <>
          not compared since <Moment at={comparedAt} />
        </>
      ) : (
        "not all compared yet"
      )}
    </Status>
  );
}
