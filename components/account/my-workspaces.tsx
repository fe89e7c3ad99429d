import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import type { MyTenant } from "#lib/tenancy/list-my-tenants";

type Props = { tenants: readonly MyTenant[]; isPlatform: boolean };

/** Where one works, and as what. */
export function MyWorkspaces({ tenants, isPlatform }: Props) {
  const t = useTranslations("auth");
  const columns: Column<MyTenant>[] = [
    { header: t("account.workspace"), cell: ({ name }) => name },
    { header: t("account.role"), cell: ({ role }) => t(`roles.${role}`), align: "end" },
  ];
  const create = (
    <LinkButton href="/sign-up?company=1" variant="secondary" size="sm">
      {t("account.newWorkspace")}
    </LinkButton>
  );
  return (
    <div className="grid justify-items-start gap-3">
      <Card flush className="w-full">
        <DataTable
          caption={t("account.workspaces")}
          columns={columns}
          rows={tenants}
          rowKey={({ id }) => id}
          rowHref={({ slug }) => `/${slug}`}
          empty={
            <EmptyState icon={<Building2 />} title={t("account.noWorkspaces")} action={create}>
              {t("account.noWorkspacesHelp")}
            </EmptyState>
          }
        />
      </Card>
      <div className="flex flex-wrap gap-2">
        {tenants.length > 0 && create}
        {isPlatform && (
          <LinkButton href="/admin" variant="secondary" size="sm">
            {t("account.console")}
          </LinkButton>
        )}
      </div>
    </div>
  );
}
