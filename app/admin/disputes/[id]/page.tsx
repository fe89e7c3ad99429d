import type { Metadata } from "next";
import { forPage } from "#components/admin/list-query";
import { StripeId } from "#components/admin/stripe-id";
import { AnswerCard, DisputeStanding, isGiven } from "#components/disputes/answer-card";
import { PaymentCard, ReasonCard } from "#components/disputes/dispute-facts";
import { LossCard } from "#components/disputes/loss-card";
import { PreviewCard } from "#components/disputes/preview-card";
import { DisputeMark } from "#components/disputes/words";
import { Messages } from "#components/messages";
import { Amount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Stat, Stats } from "#components/ui/stat";
import { type DisputePage, getDispute } from "#lib/disputes/get-dispute";
import { getLoss } from "#lib/disputes/recover-loss";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Dispute" };

export default async function OneDisputePage(props: PageProps<"/admin/disputes/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const dispute = await forPage(getDispute(ctx, id), "/admin/disputes");
  const loss = await getLoss(ctx, { disputeId: id });
  const mayMove = mayOnPlatform(ctx.platformRole, "money:update");
  const isOurs = dispute.bearer === "platform";
  const path = `/api/v1/admin/disputes/${id}` as const;
  return (
    <Page>
      <TextLink href="/admin/disputes">All disputes</TextLink>
      <PageHeader
        title={
          <>
            Dispute of <Amount of={dispute.amount} />
          </>
        }
        sentence={<StripeId id={id} of="dispute" />}
        actions={<DisputeMark status={dispute.status} />}
      />
      <Figures dispute={dispute} />
      <DisputeStanding dispute={dispute} />
      {!isOurs && dispute.isOpen && (
        <Banner title="The company answers this one: the payment was made on its own account." />
      )}
      <Messages areas={["common", "disputes"]}>
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid gap-5">
            <ReasonCard dispute={dispute} />
            {isOurs && <AnswerCard dispute={dispute} path={path} mayRespond={mayMove} />}
          </div>
          <div className="grid gap-5">
            <PreviewCard
              dispute={dispute}
              path={isOurs && mayMove && !isGiven(dispute) ? path : null}
            />
            {loss && <LossCard disputeId={id} loss={loss} mayMove={mayMove} />}
            <PaymentCard dispute={dispute} passedOnTo="Sent on to the company" />
          </div>
        </div>
      </Messages>
    </Page>
  );
}

/** How much, by when, at what cost, and from whose balance. */
function Figures({ dispute }: { dispute: DisputePage }) {
  const { dueAt, amount, money, bearer } = dispute;
  return (
    <Stats>
      <Stat
        label="Answer by"
        value={dueAt ? <Moment at={dueAt} /> : "—"}
        note={dueAt ? "without an answer it is lost" : "nothing to answer"}
      />
      <Stat label="Disputed" value={<Amount of={amount} />} />
      <Stat
        label="Cost as it stands"
        value={money ? <Amount of={money.cost} /> : "—"}
        note={money ? "with Stripe's fee, kept even where it is won" : "nothing was taken"}
      />
      <Stat
        label="Taken from"
        value={bearer === "platform" ? "Our balance" : "The company's balance"}
        note={bearer === "platform" ? "we answer it" : "the company answers it"}
      />
    </Stats>
  );
}
