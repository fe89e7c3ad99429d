import { getTranslations } from "next-intl/server";
import { NotSetUp } from "#components/connect/not-set-up";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Page, PageHeader } from "#components/ui/page-header";
import { getStatus } from "#lib/connect/get-status";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, type TenantPermission } from "#lib/tenancy/permissions";

type Props = {
  ctx: TenantContext;
  area: "links" | "customers";
  permission?: Extract<TenantPermission, "payments:read" | "payments:sell">;
  actions?: React.ReactNode;
  children: () => Promise<React.ReactNode>;
};

/** A page of what a tenant sells: for those who may, of a workspace that takes payments. */
export async function SellingPage(props: Props) {
  const { ctx, area, permission = "payments:read", actions, children } = props;
  const t = await getTranslations(`selling.${area}`);
  if (!mayInTenant(ctx.role, permission)) {
    return <NoAccess title={t("title")} ctx={ctx} what="payments" permission={permission} />;
  }
  const status = await getStatus(ctx);
  const isReady = status !== "invited" && status !== "closed";
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} actions={isReady && actions} />
      {isReady ? (
        <Messages areas={["common", "selling"]}>{await children()}</Messages>
      ) : (
        <NotSetUp slug={ctx.tenantSlug} />
      )}
    </Page>
  );
}
