import { Lock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import type { TenantContext } from "#lib/tenancy/context";
import { type TenantPermission, tenantPermissions } from "#lib/tenancy/permissions";

type Props = {
  /** The page's name, which is no secret. */
  title: string;
  ctx: Pick<TenantContext, "role" | "tenantSlug">;
  what: "billing" | "audit" | "developers" | "usage" | "payments" | "payouts" | "books";
  permission: TenantPermission;
};

/** A page one's role does not include: who may see it, and whom to ask. */
export function NoAccess({ title, ctx, what, permission }: Props) {
  const t = useTranslations("tenant");
  const format = useFormatter();
  const roles = tenantPermissions[permission].map((role) => t(`roles.${role}`).toLowerCase());
  return (
    <Page>
      <PageHeader title={title} />
      <Card>
        <EmptyState
          icon={<Lock />}
          title={t(`noAccess.${what}`)}
          action={<LinkButton href={`/${ctx.tenantSlug}/team`}>{t("noAccess.team")}</LinkButton>}
        >
          {t("noAccess.body", {
            role: t(`roles.${ctx.role}`).toLowerCase(),
            roles: format.list(roles),
          })}
        </EmptyState>
      </Card>
    </Page>
  );
}
