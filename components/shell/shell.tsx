import { CommandMenu } from "#components/shell/command-menu";
import { Lockstep, type LockstepState } from "#components/shell/lockstep";
import { MobileNavigation } from "#components/shell/mobile-navigation";
import { NavLink } from "#components/shell/nav-link";
import { SandboxBox, type SandboxNote } from "#components/shell/sandbox-box";
import { UserMenu } from "#components/shell/user-menu";
import { Wordmark } from "#components/ui/logo";

export type ShellPerson = { readonly name: string; readonly email: string };

export type NavigationGroup = {
  readonly title?: string;
  readonly links: readonly {
    readonly href: string;
    readonly label: string;
    readonly icon: React.ReactNode;
    readonly isRoot?: boolean;
  }[];
};

type Props = {
  /** Above the navigation: the workspace switcher, or nothing in the console. */
  switcher?: React.ReactNode;
  badge?: React.ReactNode;
  navigation: readonly NavigationGroup[];
  /** Name the landmarks. */
  sidebarLabel: string;
  navigationLabel: string;
  searchPath: `/api/v1/${string}`;
  person: ShellPerson;
  /** A way over to the console, or back. */
  crossing?: { readonly href: string; readonly label: string } | undefined;
  lockstep: LockstepState;
  sandbox?: SandboxNote | undefined;
  children: React.ReactNode;
};

/** The frame of every signed-in page: sidebar, top bar, content. */
export function Shell(props: Props) {
  const { navigation, person, crossing, lockstep, searchPath, children } = props;
  const sidebar = <Sidebar {...props} />;
  const pages = navigation.flatMap(({ links }) =>
    links.map(({ href, label }) => ({ href, label })),
  );
  return (
    <div className="lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] print:block">
      <aside
        aria-label={props.sidebarLabel}
        className="sticky top-0 hidden h-dvh border-e border-border lg:block print:hidden"
      >
        {sidebar}
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex h-12 print:hidden items-center gap-2 border-b border-border bg-background px-4 lg:px-6">
          <MobileNavigation>{sidebar}</MobileNavigation>
          <CommandMenu pages={crossing ? [...pages, crossing] : pages} searchPath={searchPath} />
          <div className="ms-auto flex items-center gap-3">
            <Lockstep {...lockstep} />
            <UserMenu person={person} crossing={crossing} />
          </div>
        </header>
        <main id="main" className="px-4 py-6 lg:px-10">
          {children}
        </main>
      </div>
    </div>
  );
}

function Sidebar({ switcher, badge, navigation, navigationLabel, sandbox }: Props) {
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto bg-background p-3">
      <div className="flex h-6 items-center justify-between px-2">
        <Wordmark />
        {badge}
      </div>
      {switcher}
      <nav aria-label={navigationLabel} className="grid gap-4">
        {navigation.map(({ title, links }) => (
          <div key={title ?? links[0]?.href}>
            {title && (
              <p className="px-2 pb-1 text-2xs font-medium tracking-wide text-muted uppercase">
                {title}
              </p>
            )}
            <ul className="grid gap-0.5">
              {links.map(({ href, label, icon, isRoot }) => (
                <li key={href}>
                  <NavLink
                    href={href}
                    {...(isRoot ? { isRoot } : {})}
                    except={links
                      .map((other) => other.href)
                      .filter((other) => other.startsWith(`${href}/`))}
                  >
                    {icon}
                    {label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {sandbox && <SandboxBox {...sandbox} />}
    </div>
  );
}
