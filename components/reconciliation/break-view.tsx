import { FindingPage } from "#components/admin/finding-page";
import { AdjustButton } from "#components/reconciliation/adjust-button";
import {
  ExpectButton,
  PostButton,
  RefetchButton,
  WriteOffButton,
} from "#components/reconciliation/break-acts";
import { KindStatus, Side, statusTones } from "#components/reconciliation/break-columns";
import { EvidenceCard } from "#components/reconciliation/evidence-card";
import { ResolutionsCard } from "#components/reconciliation/resolutions-card";
import { formatAmount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { accountCodes, chart } from "#lib/ledger/chart";
import { isCurrency } from "#lib/money/currency";
import { breakKinds } from "#lib/reconciliation/break";
import { type CheckName, checks } from "#lib/reconciliation/checks";
import type { BreakDetail } from "#lib/reconciliation/list-breaks";

type Props = { found: BreakDetail; mayResolve: boolean };

/** One break whole: what does not hold, both sides beside each other, and what may be done. */
export function BreakView({ found, mayResolve }: Props) {
  const { kind, status, resolutions } = found;
  const isUnderWay = resolutions.some((one) => ["proposed", "decided"].includes(one.status));
  const mayAct = mayResolve && !isUnderWay && (status === "open" || status === "expected");
  const amount = amountOf(found);
  return (
    <FindingPage
      title={
        <>
          {found.whose} <KindStatus of={kind} />
          <Status of={status} tone={statusTones[status]} />
        </>
      }
      sentence={breakKinds[kind]}
      back={{ href: "/admin/reconciliation/breaks", label: "All breaks" }}
      acts={mayAct && <Acts found={found} amount={amount} />}
      about={<About found={found} />}
    >
      <EvidenceCard found={found} />
      <ResolutionsCard resolutions={resolutions} mayDecide={mayResolve} amount={amount} />
    </FindingPage>
  );
}

function amountOf({ differenceMinor, currency }: BreakDetail): string {
  const minor = differenceMinor < 0n ? -differenceMinor : differenceMinor;
  return currency ? formatAmount({ minor, currency }, "en-US") : "what differs";
}

function Acts({ found, amount }: { found: BreakDetail; amount: string }) {
  const { id, reference, differenceMinor, currency, tenantId } = found;
  const minor = differenceMinor < 0n ? -differenceMinor : differenceMinor;
  return (
    <>
      <RefetchButton id={id} reference={reference} />
      <PostButton id={id} reference={reference} />
      {currency && isCurrency(currency) && (
        <AdjustButton {...{ id, reference, accounts, currency, minor, tenantId }} />
      )}
      <ExpectButton id={id} reference={reference} />
      <WriteOffButton id={id} reference={reference} amount={amount} />
    </>
  );
}

/** Where an adjustment may go: every account but write-offs, which take two people. */
const accounts = accountCodes
  .filter((code) => code !== "expense:write_offs")
  .map((code) => ({ value: code, label: code, keptBy: chart[code].keptBy }));

function About({ found }: { found: BreakDetail }) {
  const { book, tenantId, reference, currency, ruleKey, ruleVersion, ruleSays } = found;
  return (
    <Card title="What does not hold">
      <p className="pb-3">
        {checks[found.check as CheckName]?.question ?? found.check}. {found.says}
      </p>
      <Facts>
        <Fact label="Account">
          {tenantId ? (
            <TextLink href={`/admin/tenants/${tenantId}`}>{found.whose}</TextLink>
          ) : (
            found.whose
          )}
        </Fact>
        {book !== "platform" && (
          <Fact label="At Stripe">
            <CopyableId id={book} />
          </Fact>
        )}
        <Fact label="Reference">
          <CopyableId id={reference} />
        </Fact>
        <Fact label="Ledger">
          <Side minor={found.ledgerMinor} currency={currency} />
        </Fact>
        <Fact label="Stripe">
          <Side minor={found.stripeMinor} currency={currency} />
        </Fact>
        <Fact label="Difference">
          <Side minor={found.differenceMinor} currency={currency} />
        </Fact>
        <Fact label="Since">
          <Moment at={found.since} as="exact" />
        </Fact>
        <Fact label="Found">
          <Moment at={found.foundAt} as="exact" />
        </Fact>
        <Fact label="Last seen">
          <Moment at={found.seenAt} as="exact" />
        </Fact>
        {found.expectedUntil && (
          <Fact label="Expected until">
            <Moment at={found.expectedUntil} as="exact" />
          </Fact>
        )}
        {ruleKey && <Fact label="Rule">{`${ruleKey}, version ${ruleVersion}`}</Fact>}
      </Facts>
      {ruleSays && <p className="pt-3 text-xs text-muted">{ruleSays}</p>}
    </Card>
  );
}
