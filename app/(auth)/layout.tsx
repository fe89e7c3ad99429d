import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Messages } from "#components/messages";
import { Wordmark } from "#components/ui/logo";
import { ThemeToggle } from "#components/ui/theme-toggle";

/** One column in the middle: nothing here but the way in. */
export default async function AuthLayout({ children }: { children: React.ReactNode }) {
  const t = await getTranslations("marketing.nav");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 lg:px-6">
        <Link href="/" aria-label={t("home")} className="inline-flex rounded-xs">
          <Wordmark />
        </Link>
        <ThemeToggle />
      </header>
      <main id="main" className="mx-auto w-full max-w-sm flex-1 px-4 pt-6 pb-16 sm:pt-16">
        <Messages areas={["common", "auth"]}>{children}</Messages>
      </main>
    </div>
  );
}
