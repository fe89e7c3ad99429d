import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MySessions } from "#components/account/my-sessions";
import { MyWorkspaces } from "#components/account/my-workspaces";
import { PasswordForm } from "#components/account/password-form";
import { ProfileForm } from "#components/account/profile-form";
import { ResendVerification } from "#components/auth/resend-verification";
import { Section } from "#components/ui/card";
import { PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { listSessions } from "#lib/tenancy/list-sessions";
import type { Person } from "#lib/tenancy/person";
import { requirePerson } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.account"))("title") };
}

export default async function AccountPage() {
  const ctx = await requirePerson();
  const t = await getTranslations("auth.account");
  const [tenants, sessions] = await Promise.all([listMyTenants(ctx), listSessions(ctx)]);
  return (
    <>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <div className="mt-4">
        <Section title={t("workspaces")} description={t("workspacesHelp")}>
          <MyWorkspaces tenants={tenants} isPlatform={ctx.person.platformRole !== null} />
        </Section>
        <Section title={t("profile")} description={t("profileHelp")}>
          <div className="grid max-w-md gap-5">
            <ProfileForm name={ctx.person.name} />
            <EmailAddress person={ctx.person} />
          </div>
        </Section>
        <Section title={t("password")} description={t("passwordHelp")}>
          <div className="max-w-md">
            {ctx.person.hasPassword ? (
              <PasswordForm email={ctx.person.email} />
            ) : (
              <p className="text-muted">{t("noPassword")}</p>
            )}
          </div>
        </Section>
        <Section title={t("sessions")} description={t("sessionsHelp")}>
          <MySessions sessions={sessions} />
        </Section>
      </div>
    </>
  );
}

async function EmailAddress({ person }: { person: Person }) {
  const t = await getTranslations("auth.account");
  return (
    <div className="grid gap-2">
      <p className="font-medium">{t("email")}</p>
      <p className="flex flex-wrap items-center gap-2">
        {person.email}
        {person.isVerified ? (
          <Status of="verified">{t("verified")}</Status>
        ) : (
          <Status of="pending">{t("unverified")}</Status>
        )}
      </p>
      {!person.isVerified && (
        <ResendVerification label={t("resend")} done={t("resent", { email: person.email })} />
      )}
    </div>
  );
}
