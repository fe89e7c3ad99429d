import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { ConnectProvider } from "#components/connect/connect-provider";
import { Disconnected } from "#components/connect/disconnected";
import { Embedded } from "#components/connect/embedded";
import { NotSetUp } from "#components/connect/not-set-up";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Tabs } from "#components/ui/tabs";
import { connectKeys } from "#lib/connect/browser-keys";
import { getStatus } from "#lib/connect/get-status";
import type { ConnectStatus } from "#lib/connect/status";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";

type Area = "payments" | "payouts";
type Props<View extends string> = {
  ctx: TenantContext;
  area: Area;
  /** The views of this page, the first at its own address. */
  views: readonly { view: View; label: string }[];
  current: View;
  children: React.ReactNode;
};

/** A page of the tenant's own money: Stripe's components below what Stripe wants known. */
export async function MoneyPage<View extends string>(props: Props<View>) {
  const { ctx, area, views, current, children } = props;
  const t = await getTranslations("connect");
  const title = t(`${area}.title`);
  const permission = `${area}:read` as const;
  if (!mayInTenant(ctx.role, permission)) {
    return <NoAccess title={title} ctx={ctx} what={area} permission={permission} />;
  }
  const { tenantSlug: slug } = ctx;
  const place = `/${slug}/${area}`;
  const head = <PageHeader title={title} sentence={t(`${area}.sentence`)} />;
  const status = await getStatus(ctx);
  if (status === "invited" || status === "closed") {
    return (
      <Page>
        {head}
        <NotSetUp slug={slug} />
      </Page>
    );
  }
  if (status === "disconnected") {
    return (
      <Page>
        {head}
        <Disconnected slug={slug} />
      </Page>
    );
  }
  const mayBeTold = mayInTenant(ctx.role, "connect:read");
  return (
    <Page>
      {head}
      <Tabs
        label={t(`${area}.tabs`)}
        tabs={views.map(({ view, label }, index) => ({
          label,
          href: index === 0 ? place : `${place}?view=${view}`,
          isCurrent: view === current,
        }))}
      />
      {status !== "active" && <Unready status={status} slug={slug} />}
      <Messages areas={["common", "connect"]}>
        <ConnectProvider slug={slug} keys={connectKeys()} ground="background">
          {mayBeTold && (
            <Embedded tag="notification-banner" label={t("payments.notices")} minHeight={0} />
          )}
          {children}
        </ConnectProvider>
      </Messages>
    </Page>
  );
}

type UnreadyProps = {
  status: Exclude<ConnectStatus, "invited" | "active" | "disconnected" | "closed">;
  slug: string;
};

/** Why no payment can be taken now, and where it is mended. */
function Unready({ status, slug }: UnreadyProps) {
  const t = useTranslations("connect.unready");
  return (
    <Banner
      kind={status === "restricted" || status === "suspended" ? "danger" : "warning"}
      title={t(status)}
      action={
        <LinkButton size="sm" variant="secondary" href={`/${slug}/onboarding`}>
          {t("action")}
        </LinkButton>
      }
    />
  );
}
