import { useTranslations } from "next-intl";
import { ChangeWatch } from "#components/changes/change-watch";
import { FinishChange } from "#components/changes/finish-change";
import { UndoChange } from "#components/changes/undo-change";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { ChangeView } from "#lib/billing/change-view";
import type { ChangeState } from "#lib/billing/get-change-state";
import type { SubscriptionView } from "#lib/billing/subscription";

type Props = {
  slug: string;
  state: ChangeState;
  subscription: SubscriptionView;
  planName: string;
  mayChange: boolean;
};

/** What is going on with a plan and what it asks for: to pay, to wait, or to think again. */
export function ChangeBanners(props: Props) {
  const { slug, state, subscription, planName, mayChange } = props;
  const { underWay, scheduled } = state;
  return (
    <>
      {underWay?.status === "awaiting_payment" && (
        <ToPay slug={slug} change={underWay} mayChange={mayChange} />
      )}
      {underWay?.status === "requested" && <Making />}
      {subscription.status === "paused" && underWay === null && (
        <Paused slug={slug} resumesAt={state.resumesAt} mayChange={mayChange} />
      )}
      {subscription.cancelAt && (
        <Ending slug={slug} at={subscription.cancelAt} mayChange={mayChange} />
      )}
      {scheduled && (
        <Planned slug={slug} change={scheduled} planName={planName} mayChange={mayChange} />
      )}
    </>
  );
}

function Making() {
  const t = useTranslations("changes.state");
  return (
    <>
      <ChangeWatch />
      <Banner title={t("making")}>{t("makingBody")}</Banner>
    </>
  );
}

type OneProps = { slug: string; change: ChangeView; mayChange: boolean };

function ToPay({ slug, change, mayChange }: OneProps) {
  const t = useTranslations("changes.state");
  const { choice, payUntil, invoiceId, id } = change;
  if (!invoiceId) return null;
  const plan = choice.kind === "plan" ? choice.to.planName : "none";
  const title = change.kind === "resume" ? t("payTitleResume") : t("payTitle", { plan });
  const about = { title, payUntil, mayChange };
  return <FinishChange slug={slug} changeId={id} invoiceId={invoiceId} {...about} />;
}

function Planned({ slug, change, planName, mayChange }: OneProps & { planName: string }) {
  const t = useTranslations("changes.state");
  const { choice, effectiveAt, id } = change;
  const plan = choice.kind === "plan" ? choice.to.planName : "";
  return (
    <Banner
      title={t("scheduled", { plan, at: effectiveAt ?? change.createdAt })}
      action={
        mayChange && (
          <UndoChange
            slug={slug}
            changeId={id}
            trigger={t("undo")}
            title={t("undoTitle")}
            effect={t("undoEffect", { plan: planName })}
          />
        )
      }
    >
      {t("scheduledBody")}
      {choice.kind === "plan" &&
        choice.code &&
        ` ${t("scheduledCode", { code: choice.code.code })}`}
    </Banner>
  );
}

function Ending({ slug, at, mayChange }: { slug: string; at: Date; mayChange: boolean }) {
  const t = useTranslations("changes.state");
  return (
    <Banner
      kind="warning"
      title={t("ending", { at })}
      action={
        mayChange && (
          <UndoChange
            slug={slug}
            body={{ kind: "undo_cancel" }}
            trigger={t("keep")}
            title={t("keepTitle")}
            effect={t("keepEffect", { at })}
          />
        )
      }
    >
      {t("endingBody")}
    </Banner>
  );
}

type PausedProps = { slug: string; resumesAt: Date | null; mayChange: boolean };

function Paused({ slug, resumesAt, mayChange }: PausedProps) {
  const t = useTranslations("changes.state");
  return (
    <Banner
      kind="warning"
      title={t("paused")}
      action={
        mayChange && (
          <LinkButton size="sm" href={`/${slug}/billing/resume`}>
            {t("resume")}
          </LinkButton>
        )
      }
    >
      {resumesAt ? t("pausedUntil", { at: resumesAt }) : t("pausedBody")}
    </Banner>
  );
}
