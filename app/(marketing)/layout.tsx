import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Wordmark } from "#components/ui/logo";
import { ThemeToggle } from "#components/ui/theme-toggle";
import { currentPerson } from "#lib/web/session";

export default async function MarketingLayout({ children }: { children: React.ReactNode }) {
  const t = await getTranslations("marketing.nav");
  const person = await currentPerson();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-20 border-b border-border bg-background">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-4 lg:px-6">
          <Link href="/" aria-label={t("home")} className="inline-flex rounded-xs">
            <Wordmark />
          </Link>
          <nav aria-label={t("label")} className="ms-auto flex items-center gap-1">
            <LinkButton href="/pricing" variant="ghost" size="sm">
              {t("pricing")}
            </LinkButton>
            {person ? (
              <LinkButton href="/account" size="sm">
                {t("account")}
              </LinkButton>
            ) : (
              <>
                <LinkButton href="/sign-in" variant="ghost" size="sm">
                  {t("signIn")}
                </LinkButton>
                <LinkButton href="/sign-up" size="sm" className="max-sm:hidden">
                  {t("signUp")}
                </LinkButton>
              </>
            )}
          </nav>
          <ThemeToggle />
        </div>
      </header>
      <main id="main" className="flex-1">
        {children}
      </main>
      <footer className="border-t border-border">
        <div className="mx-auto flex max-w-6xl flex-wrap items-baseline justify-between gap-x-6 gap-y-2 px-4 py-6 text-xs text-muted lg:px-6">
          <p>{t("footer")}</p>
          <TextLink href="/reference">{t("reference")}</TextLink>
        </div>
      </footer>
    </div>
  );
}
