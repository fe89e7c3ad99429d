import { getLocale, getTranslations } from "next-intl/server";
import { AnswerForm, type Piece } from "#components/disputes/answer-form";
import { formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { ApiPath } from "#components/ui/use-submit";
import { type EvidenceField, evidenceFields, fieldsFor } from "#lib/disputes/evidence";
import type { DisputePage as Dispute } from "#lib/disputes/get-dispute";

/** What stands between: a refund that was made, a question only, an end. */
export async function DisputeStanding({ dispute }: { dispute: Dispute }) {
  const t = await getTranslations("disputes.page");
  const locale = await getLocale();
  const { status, isOpen, isRefundable, payment } = dispute;
  const given = payment && payment.refunded.minor > 0n ? payment : null;
  const at = given?.refundedAt ? t("refundedOn", { at: given.refundedAt }) : "";
  return (
    <>
      {isOpen && given && (
        <Banner title={t("refunded", { amount: formatAmount(given.refunded, locale), at })} />
      )}
      {isRefundable && <Banner title={t("inquiry")} />}
      {!isOpen && t.has(`ended.${status as "won"}`) && (
        <Banner title={t(`ended.${status as "won"}`)} />
      )}
    </>
  );
}

/** True once it was decided: then nothing is written or decided any more. */
export function isGiven({ answer }: Dispute): boolean {
  return answer?.status === "requested" || answer?.status === "sent";
}

type Props = {
  dispute: Dispute;
  /** The dispute at the API, where the answer is written. */
  path: ApiPath;
  mayRespond: boolean;
  /** Where Stripe's own form is, where there is one. */
  formHref?: string | null;
};

/** The answer under one's hands, or what was decided. */
export async function AnswerCard({ dispute, path, mayRespond, formHref }: Props) {
  const t = await getTranslations("disputes");
  const { answer, isOpen, reason, suggested } = dispute;
  if (isGiven(dispute) || !isOpen) return <Given dispute={dispute} />;
  if (!mayRespond) return <Banner title={t("page.noRespond")} />;
  const pieces = (names: readonly EvidenceField[]): Piece[] =>
    names.map((name) => ({ name, kind: evidenceFields[name] }));
  const { wanted, others } = fieldsFor(reason);
  return (
    <Card
      title={t("answer.title")}
      note={answer && t("answer.saved", { at: answer.editedAt })}
      action={formHref && <TextLink href={formHref}>{t("page.stripesForm")}</TextLink>}
    >
      {answer?.error && (
        <Banner kind="danger" title={t("answer.failed", { error: answer.error })} />
      )}
      <p className="mb-3 text-xs text-muted">{t("answer.documentHelp")}</p>
      <AnswerForm
        path={path}
        wanted={pieces(wanted)}
        others={pieces(others)}
        texts={answer?.texts ?? {}}
        files={answer?.files ?? []}
        suggested={suggested}
        seen={answer ? answer.editedAt.toISOString() : null}
      />
    </Card>
  );
}

/** What was decided, by whom and when. */
async function Given({ dispute: { answer } }: { dispute: Dispute }) {
  const t = await getTranslations("disputes.answer");
  if (!answer?.decidedAt) return null;
  const { decidedAt: at, decidedBy, decision, status } = answer;
  const by = decidedBy ?? "—";
  if (status === "requested") return <Banner title={t("requested")} />;
  return <Banner title={t(decision === "accept" ? "accepted" : "sent", { at, by })} />;
}
