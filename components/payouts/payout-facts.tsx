import { useTranslations } from "next-intl";
import { PayoutStatus } from "#components/payouts/payout-status";
import { PayoutKind } from "#components/payouts/payouts-table";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Moment } from "#components/ui/moment";
import type { PayoutTrace } from "#lib/payouts/get-payout";

type Props = { trace: PayoutTrace; payoutHref: (payoutId: string) => string };

/** What a payout is by itself: when, where to, by whom, and what the bank calls it. */
export function PayoutFacts({ trace, payoutHref }: Props) {
  const t = useTranslations("payouts.one");
  const list = useTranslations("payouts.list");
  const { askedBy, fee, arrivesAt, status } = trace;
  return (
    <Card title={t("facts")}>
      <Facts>
        <Fact label={list("status")}>
          <PayoutStatus of={status} />
        </Fact>
        <Fact label={list("kind")}>
          <PayoutKind of={trace} />
        </Fact>
        <Fact label={t("id")}>
          <CopyableId id={trace.id} />
        </Fact>
        <Fact label={t("made")}>
          <Moment at={trace.createdAt} as="exact" />
        </Fact>
        {askedBy && <Fact label={t("asked")}>{askedBy.name}</Fact>}
        {arrivesAt && (
          <Fact label={status === "paid" ? t("arrived") : t("arrives")}>
            <Moment at={arrivesAt} as="date" />
          </Fact>
        )}
        {trace.targetId && (
          <Fact label={t("target")}>
            <Target of={trace} />
          </Fact>
        )}
        <Fact label={t("reference")}>
          <Reference of={trace.bankReference} />
        </Fact>
        {fee && fee.minor > 0n && (
          <Fact label={t("fee")}>
            <Amount of={fee} />
          </Fact>
        )}
        <Related label={t("reversedBy")} id={trace.reversedById} href={payoutHref} />
        <Related label={t("reverses")} id={trace.reversesId} href={payoutHref} />
        <Related label={t("carriedBy")} id={trace.carriedBy} href={payoutHref} />
      </Facts>
    </Card>
  );
}

function Target({ of: { target, targetId } }: { of: PayoutTrace }) {
  const t = useTranslations("payouts");
  if (!target) return targetId ? <CopyableId id={targetId} /> : t("one.gone");
  return `${target.name ?? t("target.someBank")} •••• ${target.last4}`;
}

/** The bank's reference, or why there is none. */
function Reference({ of }: { of: PayoutTrace["bankReference"] }) {
  const t = useTranslations("payouts.one");
  if (of.value) return <CopyableId id={of.value} />;
  return (
    <span className="text-muted">
      {of.status === "unsupported" ? t("referenceUnsupported") : t("referencePending")}
    </span>
  );
}

type RelatedProps = { label: string; id: string | null; href: Props["payoutHref"] };

function Related({ label, id, href }: RelatedProps) {
  if (!id) return null;
  return (
    <Fact label={label}>
      <CopyableId id={id} href={href(id)} />
    </Fact>
  );
}
