import { RecoverLoss } from "#components/disputes/recover-loss";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import type { Loss } from "#lib/disputes/recover-loss";

type Props = { disputeId: string; loss: Loss; mayMove: boolean };

/** What a dispute cost the platform, what of it was had, and how the rest is taken back. */
export function LossCard({ disputeId, loss, mayMove }: Props) {
  const { cost, recovered, left, tenant, reversal, debit } = loss;
  const most = {
    ...(reversal && { reversal: `${reversal.most.minor}` }),
    ...(debit && { debit: `${debit.most.minor}` }),
  };
  const isOpen = reversal !== null || debit !== null;
  return (
    <Card
      title="What it cost us"
      note={`We pay a dispute of what was sent on; ${tenant.name} has the money until it is taken back.`}
    >
      <Facts>
        <Fact label="Cost, with the fee">
          <Amount of={cost} />
        </Fact>
        <Fact label="Taken back">
          <Amount of={recovered} />
        </Fact>
        <Fact label="Left">
          <Amount of={left} className="font-semibold" />
        </Fact>
      </Facts>
      {!isOpen && left.minor > 0n && (
        <p className="mt-3 text-muted">
          Nothing of it can be taken back: the transfer is empty, and Stripe bears this company's
          losses.
        </p>
      )}
      {isOpen && mayMove && (
        <RecoverLoss
          key={`${left.minor}`}
          {...{ disputeId, most }}
          tenant={tenant.name}
          currency={cost.currency}
          left={`${left.minor}`}
        />
      )}
    </Card>
  );
}
