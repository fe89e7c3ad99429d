import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { forPage } from "#components/admin/list-query";
import { PaymentFrame } from "#components/connect/payment-frame";
import { AnswerCard, DisputeStanding, isGiven } from "#components/disputes/answer-card";
import { DisputeFigures, PaymentCard, ReasonCard } from "#components/disputes/dispute-facts";
import { PreviewCard } from "#components/disputes/preview-card";
import { DisputeMark } from "#components/disputes/words";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { formatAmount } from "#components/ui/amount";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { connectKeys } from "#lib/connect/browser-keys";
import { type DisputePage as Dispute, getDispute } from "#lib/disputes/get-dispute";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const query = z.object({ show: z.enum(["payment", "form"]).optional().catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("disputes");
  return { title: t("title") };
}

export default async function DisputePage(props: PageProps<"/[tenant]/disputes/[dispute]">) {
  const { tenant, dispute: id } = await props.params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("disputes");
  if (!mayInTenant(ctx.role, "payments:read")) {
    const title = t("title");
    return <NoAccess title={title} ctx={ctx} what="payments" permission="payments:read" />;
  }
  const dispute = await forPage(getDispute(ctx, id), `/${tenant}/disputes`);
  const { show } = query.parse(await props.searchParams);
  const amount = formatAmount(dispute.amount, await getLocale());
  const isInquiry = dispute.stage === "inquiry";
  const place = `/${ctx.tenantSlug}/disputes/${id}`;
  const payment = dispute.paymentIntentId ?? dispute.chargeId;
  const frame = dispute.bearer === "tenant" && payment ? payment : null;
  return (
    <Page>
      <TextLink href={`/${ctx.tenantSlug}/disputes`}>{t("page.back")}</TextLink>
      <PageHeader
        title={t(isInquiry ? "page.inquiryTitle" : "page.title", { amount })}
        actions={<DisputeMark status={dispute.status} />}
      />
      <DisputeFigures dispute={dispute} />
      <DisputeStanding dispute={dispute} />
      <Messages areas={["common", "connect", "disputes"]}>
        {frame && show && (
          <PaymentFrame
            slug={ctx.tenantSlug}
            keys={connectKeys()}
            payment={frame}
            backHref={place}
            onlyDisputes={show === "form"}
          />
        )}
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid gap-5">
            <ReasonCard dispute={dispute} />
            {show !== "form" && (
              <AnswerCard
                dispute={dispute}
                path={apiOf(ctx, dispute)}
                mayRespond={mayInTenant(ctx.role, "disputes:respond")}
                formHref={frame && `${place}?show=form`}
              />
            )}
          </div>
          <div className="grid gap-5">
            <Preview ctx={ctx} dispute={dispute} />
            <PaymentCard
              dispute={dispute}
              {...(frame && !show && { openHref: `${place}?show=payment` })}
            />
          </div>
        </div>
      </Messages>
    </Page>
  );
}

const apiOf = (ctx: TenantContext, { id }: Dispute) =>
  `/api/v1/tenants/${ctx.tenantSlug}/disputes/${id}` as const;

function Preview({ ctx, dispute }: { ctx: TenantContext; dispute: Dispute }) {
  const mayDecide = mayInTenant(ctx.role, "disputes:respond") && !isGiven(dispute);
  return <PreviewCard dispute={dispute} path={mayDecide ? apiOf(ctx, dispute) : null} />;
}
