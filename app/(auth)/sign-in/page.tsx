import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel";
import { ProviderButtons } from "#components/auth/provider-buttons";
import { SignInForm } from "#components/auth/sign-in-form";
import { Banner } from "#components/ui/banner";
import { TextLink } from "#components/ui/link-button";
import { hasMailbox } from "#lib/mail/list-mails";
import { findHome } from "#lib/tenancy/find-home";
import { offeredProviders } from "#lib/web/identity-providers";
import { localPath } from "#lib/web/local-path";
import { currentPerson } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signIn"))("title") };
}

export default async function SignInPage(props: PageProps<"/sign-in">) {
  const t = await getTranslations("auth.signIn");
  const search = await props.searchParams;
  const next = localPath(search.next ?? pathOf(search.callbackUrl));
  const person = await currentPerson();
  if (person) redirect(next ?? (await findHome(person)));

  return (
    <AuthPanel
      title={t("title")}
      lead={next && t("next")}
      footer={
        <>
          {t("noAccount")} <TextLink href="/sign-up">{t("signUp")}</TextLink>
        </>
      }
    >
      <ProviderRefusal error={search.error} />
      <ProviderButtons providers={offeredProviders()} next={next} />
      <SignInForm next={next} email={typeof search.email === "string" ? search.email : undefined} />
      {hasMailbox() && <DemoSignIns />}
    </AuthPanel>
  );
}

async function ProviderRefusal({ error }: { error: string | string[] | undefined }) {
  const t = await getTranslations("auth.signIn");
  if (!error) return null;
  const isKnown = error === "unverified_here" || error === "unverified_there";
  return <Banner kind="warning" title={t(isKnown ? error : "elsewhere")} />;
}

/** Only beside the local Stripe, where everything is invented anyway. */
async function DemoSignIns() {
  const t = await getTranslations("auth.signIn");
  const demo = [
    [t("demoTenant"), "ada@northbeam.test"],
    [t("demoAdmin"), "admin@lockstep.test"],
  ] as const;
  return (
    <div className="rounded-lg border border-dashed border-border p-3 text-xs text-muted">
      <p>{t("demo")}</p>
      <dl className="mt-1 grid gap-0.5">
        {demo.map(([who, email]) => (
          <div key={email} className="flex flex-wrap justify-between gap-x-3">
            <dt>{who}</dt>
            <dd className="font-mono text-foreground">{email}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1">
        {t("demoPassword")} <span className="font-mono text-foreground">lockstep-demo</span>
      </p>
    </div>
  );
}

/** next-auth names where it was headed as a whole address. */
function pathOf(address: unknown): string | undefined {
  if (typeof address !== "string" || !URL.canParse(address)) return undefined;
  const { pathname, search } = new URL(address);
  return pathname + search;
}
