import { useTranslations } from "next-intl";
import type { LockstepState } from "#components/shell/lockstep";
import type { SandboxNote } from "#components/shell/sandbox-box";
import { Shell, type ShellPerson } from "#components/shell/shell";
import { tenantNavigation } from "#components/shell/tenant-navigation";
import { TenantSwitcher } from "#components/shell/tenant-switcher";
import type { Workspace } from "#components/shell/workspace-card";
import type { TenantRole } from "#lib/tenancy/permissions";

type Props = {
  tenant: Workspace;
  /** Every workspace of this person, this one among them. */
  tenants: readonly Workspace[];
  role: TenantRole;
  person: ShellPerson & { readonly isPlatform: boolean };
  lockstep: LockstepState;
  /** Given only against the local Stripe. */
  sandbox?: SandboxNote | undefined;
  children: React.ReactNode;
};

/** The frame of a tenant's pages. */
export function TenantShell({ tenant, tenants, role, person, children, ...rest }: Props) {
  const t = useTranslations("common.shell");
  const root = `/${tenant.slug}`;
  const navigation = tenantNavigation(role).map(({ key, entries }) => ({
    ...(key ? { title: t(`groups.${key}`) } : {}),
    links: entries.map(({ path, key: page, Icon }) => ({
      href: `${root}${path}`,
      label: t(`pages.${page}`),
      icon: <Icon aria-hidden className="size-3.5 shrink-0" />,
      isRoot: path === "",
    })),
  }));
  return (
    <Shell
      switcher={<TenantSwitcher current={tenant} tenants={tenants} />}
      navigation={navigation}
      sidebarLabel={t("sidebar")}
      navigationLabel={t("navigation")}
      searchPath={`/api/v1/tenants/${tenant.slug}/search`}
      person={person}
      crossing={person.isPlatform ? { href: "/admin", label: t("console") } : undefined}
      {...rest}
    >
      {children}
    </Shell>
  );
}
