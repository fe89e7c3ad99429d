import { adminNavigation } from "#components/shell/admin-navigation";
import type { LockstepState } from "#components/shell/lockstep";
import type { SandboxNote } from "#components/shell/sandbox-box";
import { Shell, type ShellPerson } from "#components/shell/shell";
import type { PlatformRole } from "#lib/tenancy/permissions";

type Props = {
  role: PlatformRole;
  person: ShellPerson;
  lockstep: LockstepState;
  sandbox?: SandboxNote | undefined;
  children: React.ReactNode;
};

/** The frame of the console's pages. */
export function AdminShell({ role, children, ...rest }: Props) {
  const navigation = adminNavigation(role).map(({ title, entries }) => ({
    ...(title ? { title } : {}),
    links: entries.map(({ href, label, Icon }) => ({
      href,
      label,
      icon: <Icon aria-hidden className="size-3.5 shrink-0" />,
      isRoot: href === "/admin",
    })),
  }));
  return (
    <Shell
      badge={
        <span className="rounded-sm bg-default px-1.5 py-0.5 text-2xs font-medium">Console</span>
      }
      navigation={navigation}
      sidebarLabel="Sidebar"
      navigationLabel="Console"
      searchPath="/api/v1/admin/search"
      {...rest}
    >
      {children}
    </Shell>
  );
}
