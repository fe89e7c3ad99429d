import { useLocale, useTranslations } from "next-intl";
import { useReason } from "#components/disputes/words";
import { Amount, formatAmount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Stat, Stats } from "#components/ui/stat";
import type { DisputePage } from "#lib/disputes/get-dispute";

/** How much, by when, at what cost, and from whose balance. */
export function DisputeFigures({ dispute }: { dispute: DisputePage }) {
  const t = useTranslations("disputes.page");
  const locale = useLocale();
  const { amount, dueAt, money, bearer, stage } = dispute;
  return (
    <Stats>
      <Stat
        label={t("dueAt")}
        value={dueAt ? <Moment at={dueAt} /> : "—"}
        note={dueAt ? t(stage === "inquiry" ? "dueInquiry" : "dueNote") : t("notAsked")}
      />
      <Stat label={t("amount")} value={<Amount of={amount} />} />
      <Stat
        label={t("cost")}
        value={money ? <Amount of={money.cost} /> : "—"}
        note={money ? t("costNote", { fee: formatAmount(money.fee, locale) }) : t("costNone")}
      />
      <Stat label={t("bearer")} value={t(`bearers.${bearer}`)} note={t(`bearerNotes.${bearer}`)} />
    </Stats>
  );
}

/** Why the bank turned to the account, and what a bank looks at for that reason. */
export function ReasonCard({ dispute }: { dispute: DisputePage }) {
  const t = useTranslations("disputes.page");
  const { name, wins } = useReason()(dispute.reason);
  return (
    <Card title={t("why")}>
      <div className="grid gap-1.5">
        <p className="font-medium">{name}</p>
        <p className="text-muted">{wins}</p>
        {dispute.networkReasonCode && (
          <p className="text-xs text-muted">{t("code", { code: dispute.networkReasonCode })}</p>
        )}
      </div>
    </Card>
  );
}

type PaymentProps = {
  dispute: DisputePage;
  /** Where it is shown whole, with a refund where that is allowed. */
  openHref?: string;
  /** How what was sent on is called, where it is not "to you". */
  passedOnTo?: string;
};

/** The payment it is about. */
export function PaymentCard({ dispute, openHref, passedOnTo }: PaymentProps) {
  const t = useTranslations("disputes.page");
  const { payment } = dispute;
  if (!payment) return null;
  const { passedOn, customerName, customerEmail, description } = payment;
  const action = openHref && <TextLink href={openHref}>{t("openPayment")}</TextLink>;
  return (
    <Card title={t("payment")} action={action}>
      <Facts>
        <Fact label={t("paid")}>
          <Amount of={payment.amount} /> <Moment at={payment.paidAt} as="date" />
        </Fact>
        <Fact label={t("method")}>{payment.method}</Fact>
        {(customerName ?? customerEmail) && (
          <Fact label={t("customer")}>
            {[customerName, customerEmail].filter(Boolean).join(", ")}
          </Fact>
        )}
        {description && <Fact label={t("for")}>{description}</Fact>}
        {passedOn && (
          <Fact label={passedOnTo ?? t("passedOn")}>
            <Amount of={passedOn.amount} />
          </Fact>
        )}
        {passedOn && passedOn.reversed.minor > 0n && (
          <Fact label={t("reversed")}>
            <Amount of={passedOn.reversed} />
          </Fact>
        )}
        <Fact label={t("id")}>
          <CopyableId id={payment.paymentIntentId ?? payment.chargeId} />
        </Fact>
      </Facts>
    </Card>
  );
}
