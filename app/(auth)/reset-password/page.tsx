import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel";
import { ResetForm } from "#components/auth/reset-form";
import { LinkButton, TextLink } from "#components/ui/link-button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.reset");
  // The address holds a secret, so it is not sent along to wherever one goes next.
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function ResetPasswordPage(props: PageProps<"/reset-password">) {
  const t = await getTranslations("auth.reset");
  const { token } = await props.searchParams;
  if (typeof token !== "string" || token === "") {
    return (
      <AuthPanel title={t("incompleteTitle")}>
        <p className="text-muted">{t("incomplete")}</p>
        <LinkButton href="/forgot-password">{t("newLink")}</LinkButton>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel
      title={t("title")}
      lead={t("lead")}
      footer={<TextLink href="/forgot-password">{t("newLink")}</TextLink>}
    >
      <ResetForm token={token} />
    </AuthPanel>
  );
}
