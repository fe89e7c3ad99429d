import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel";
import { ForgotForm } from "#components/auth/forgot-form";
import { TextLink } from "#components/ui/link-button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.forgot"))("title") };
}

export default async function ForgotPasswordPage() {
  const t = await getTranslations("auth.forgot");
  return (
    <AuthPanel
      title={t("title")}
      lead={t("lead")}
      footer={<TextLink href="/sign-in">{t("back")}</TextLink>}
    >
      <ForgotForm />
    </AuthPanel>
  );
}
