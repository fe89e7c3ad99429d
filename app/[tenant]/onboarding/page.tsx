import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AskReconnect } from "#components/connect/ask-reconnect";
import { ConnectProvider } from "#components/connect/connect-provider";
import { ConnectStatusMark } from "#components/connect/connect-status";
import { HostedLink } from "#components/connect/hosted-link";
import { OnboardingFrame } from "#components/connect/onboarding-frame";
import { OnboardingSteps } from "#components/connect/onboarding-steps";
import { RequirementList } from "#components/connect/requirement-list";
import { StartCard } from "#components/connect/start-card";
import { HoldNotices } from "#components/holds/hold-notices";
import { PastHolds } from "#components/holds/past-holds";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { Timeline } from "#components/ui/timeline";
import { connectKeys } from "#lib/connect/browser-keys";
import { type AccountView, getAccount } from "#lib/connect/get-account";
import { isAskedNow, isUnsupported } from "#lib/connect/standing";
import { isOver } from "#lib/connect/status";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const query = z.object({ link: z.literal("used").optional().catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("connect.onboarding");
  return { title: t("title") };
}

export default async function OnboardingPage(props: PageProps<"/[tenant]/onboarding">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("connect");
  if (!mayInTenant(ctx.role, "connect:read")) {
    const title = t("onboarding.title");
    return <NoAccess title={title} ctx={ctx} what="payments" permission="connect:read" />;
  }
  const { link } = query.parse(await props.searchParams);
  const account = await getAccount(ctx);
  const count = account.requirements.filter(isAskedNow).length;
  return (
    <Page>
      <PageHeader
        title={t("onboarding.title")}
        sentence={t(`onboarding.sentence.${account.status}`, { count })}
        actions={<ConnectStatusMark status={account.status} />}
      />
      {link && <Banner title={t("onboarding.linkUsed")} />}
      <OnboardingSteps account={account} />
      <Messages areas={["common", "connect", "holds"]}>
        <Parts ctx={ctx} account={account} />
      </Messages>
    </Page>
  );
}

/** What to do now, by where the account stands; below it how it came there. */
async function Parts({ ctx, account }: { ctx: TenantContext; account: AccountView }) {
  const t = await getTranslations("connect");
  const { tenantSlug: slug } = ctx;
  const mayOnboard = mayInTenant(ctx.role, "connect:onboard");
  const { status, requirements, dueAt, timeline } = account;
  if (status === "invited") return <StartCard slug={slug} mayStart={mayOnboard} />;
  const isOpen = !isOver(status) && status !== "suspended";
  return (
    <>
      {status === "verifying" && <RefreshEvery seconds={3} />}
      <HoldNotices slug={slug} account={account} mayAppeal={mayOnboard} />
      {isOver(status) && (
        <Banner
          kind={status === "disconnected" ? "danger" : "info"}
          title={t(`onboarding.sentence.${status}`)}
          action={
            status === "disconnected" &&
            mayOnboard && <AskReconnect slug={slug} wasAsked={account.reconnectAskedAt !== null} />
          }
        >
          {status === "disconnected" && account.profile !== "saas"
            ? t("onboarding.disconnectedBodyByUs")
            : t(`onboarding.${status}Body`)}
        </Banner>
      )}
      {account.capabilities.filter(isUnsupported).map(({ name, reasons }) => (
        <Banner key={name} kind="warning" title={t("onboarding.unsupported", { name })}>
          {t(
            reasons.includes("unsupported_entity_type")
              ? "onboarding.unsupportedType"
              : "onboarding.unsupportedPlace",
          )}
        </Banner>
      ))}
      {status === "active" && (
        <Banner
          title={t("onboarding.activeTitle")}
          action={
            <LinkButton size="sm" variant="secondary" href={`/${slug}/payments`}>
              {t("onboarding.toPayments")}
            </LinkButton>
          }
        >
          {t("onboarding.activeBody")}
        </Banner>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-5">
          {isOpen && mayOnboard && requirements.length > 0 && (
            <Card title={t("onboarding.component")} action={<HostedLink slug={slug} />}>
              <ConnectProvider slug={slug} keys={connectKeys()} ground="surface">
                <OnboardingFrame slug={slug} />
              </ConnectProvider>
            </Card>
          )}
          <Card title={t("timeline.title")}>
            <Timeline
              label={t("timeline.title")}
              items={timeline.map(({ id, to, cause, at }) => ({
                ...{ key: id, at, detail: cause },
                title: t(`status.${to}`),
              }))}
            />
          </Card>
          <PastHolds holds={account.holds} />
        </div>
        <Card title={t("requirements.title")}>
          <RequirementList requirements={requirements} dueAt={dueAt} />
        </Card>
      </div>
    </>
  );
}
