import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { UserMenu } from "#components/shell/user-menu";
import { Wordmark } from "#components/ui/logo";
import { ThemeToggle } from "#components/ui/theme-toggle";
import { currentPerson } from "#lib/web/session";

/** The frame of pages that belong to no workspace. */
export async function PlainFrame({ children }: { children: React.ReactNode }) {
  const t = await getTranslations();
  const person = (await currentPerson())?.person;
  const crossing = person?.platformRole
    ? { href: "/admin", label: t("common.shell.console") }
    : undefined;
  return (
    <>
      <header className="sticky top-0 z-20 border-b border-border bg-background">
        <div className="mx-auto flex h-12 max-w-5xl items-center justify-between px-4 lg:px-6">
          <Link href="/" aria-label={t("marketing.nav.home")} className="inline-flex rounded-xs">
            <Wordmark />
          </Link>
          {person ? (
            <UserMenu
              person={{ name: person.name, email: person.email }}
              {...(crossing ? { crossing } : {})}
            />
          ) : (
            <ThemeToggle />
          )}
        </div>
      </header>
      <main id="main" className="mx-auto w-full max-w-5xl px-4 py-8 lg:px-6">
        {children}
      </main>
    </>
  );
}
