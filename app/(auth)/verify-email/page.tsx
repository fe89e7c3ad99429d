import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel";
import { VerifyEmail } from "#components/auth/verify-email";
import { LinkButton } from "#components/ui/link-button";
import { currentPerson } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.verify");
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function VerifyEmailPage(props: PageProps<"/verify-email">) {
  const t = await getTranslations("auth");
  const { token } = await props.searchParams;
  const isSignedIn = Boolean(await currentPerson());
  if (typeof token !== "string" || token === "") {
    return (
      <AuthPanel title={t("reset.incompleteTitle")}>
        <p className="text-muted">{t("reset.incomplete")}</p>
        <LinkButton href="/account">{t("verify.goOn")}</LinkButton>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title={t("verify.title")}>
      <VerifyEmail token={token} isSignedIn={isSignedIn} />
    </AuthPanel>
  );
}
