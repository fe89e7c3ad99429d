import { getTranslations } from "next-intl/server";
import { ConnectProvider } from "#components/connect/connect-provider";
import { Disconnected } from "#components/connect/disconnected";
import { NotSetUp } from "#components/connect/not-set-up";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Page, PageHeader } from "#components/ui/page-header";
import { Tabs } from "#components/ui/tabs";
import { connectKeys } from "#lib/connect/browser-keys";
import { getStatus } from "#lib/connect/get-status";
import { offersBanking } from "#lib/connect/offers-banking";
import { isOver } from "#lib/connect/status";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, type TenantPermission } from "#lib/tenancy/permissions";

/** The pages of what a workspace and its account are, by what each takes. */
const places = {
  general: { path: "/settings", permission: "tenant:read" },
  account: { path: "/settings/account", permission: "connect:onboard" },
  tax: { path: "/tax", permission: "taxes:update" },
  cards: { path: "/cards", permission: "cards:read" },
  banking: { path: "/cards/account", permission: "payouts:read" },
} as const satisfies Record<string, { path: string; permission: TenantPermission }>;
export type Place = keyof typeof places;
const ofBanking: readonly Place[] = ["cards", "banking"];

/** Where else one may go from here; one place alone needs no tabs. */
export async function SettingsTabs({ ctx, current }: { ctx: TenantContext; current: Place }) {
  const t = await getTranslations("connect.settings");
  const shown = (Object.keys(places) as Place[]).filter(
    (name) =>
      mayInTenant(ctx.role, places[name].permission) &&
      (offersBanking() || !ofBanking.includes(name)),
  );
  if (shown.length < 2) return null;
  return (
    <Tabs
      label={t("tabs")}
      tabs={shown.map((name) => ({
        label: t(`${name}.tab`),
        href: `/${ctx.tenantSlug}${places[name].path}`,
        isCurrent: name === current,
      }))}
    />
  );
}

type Props = {
  ctx: TenantContext;
  place: Exclude<Place, "general">;
  /** Drawn only where there is an account to be shown. */
  children: () => React.ReactNode | Promise<React.ReactNode>;
};

/** A page of the tenant's account at Stripe, beside the workspace's own settings. */
export async function AccountPage({ ctx, place, children }: Props) {
  const t = await getTranslations("connect.settings");
  const title = t(`${place}.title`);
  const { permission } = places[place];
  if (!mayInTenant(ctx.role, permission)) {
    return <NoAccess title={title} ctx={ctx} what="payments" permission={permission} />;
  }
  const status = await getStatus(ctx);
  const isThere = status !== "invited" && !isOver(status);
  return (
    <Page>
      <PageHeader title={title} sentence={t(`${place}.sentence`)} />
      <SettingsTabs ctx={ctx} current={place} />
      {isThere ? (
        <Messages areas={["common", "connect"]}>
          <ConnectProvider slug={ctx.tenantSlug} keys={connectKeys()} ground="background">
            {await children()}
          </ConnectProvider>
        </Messages>
      ) : status === "disconnected" ? (
        <Disconnected slug={ctx.tenantSlug} />
      ) : (
        <NotSetUp slug={ctx.tenantSlug} />
      )}
    </Page>
  );
}
