import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel";
import { AcceptInvitation, JoinForm, ReturnAsOther } from "#components/auth/join-form";
import { LinkButton } from "#components/ui/link-button";
import { Refusal } from "#lib/errors";
import { type InvitationPreview, previewInvitation } from "#lib/tenancy/preview-invitation";
import { currentPerson, publicContext } from "#lib/web/session";

// The address holds a secret, so it is not sent along to wherever one goes next.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitationPage(props: PageProps<"/invitations/[token]">) {
  const t = await getTranslations("auth");
  const { token } = await props.params;
  const found = await findPreview(token);
  if ("refusal" in found) {
    return (
      <AuthPanel title={t("invitation.goneTitle")}>
        <p className="text-muted">{found.refusal}</p>
        <LinkButton href="/sign-in" variant="secondary">
          {t("invitation.home")}
        </LinkButton>
      </AuthPanel>
    );
  }
  const { tenantName, inviterName, email, role, expiresAt } = found;
  const format = await getFormatter();
  const date = format.dateTime(expiresAt, { day: "numeric", month: "long" });
  return (
    <AuthPanel
      title={t("invitation.title", { tenant: tenantName })}
      lead={t("invitation.lead", {
        inviter: inviterName,
        tenant: tenantName,
        role: t(`roles.${role}`),
      })}
      footer={t("invitation.for", { email, date })}
    >
      <Answer token={token} preview={found} />
    </AuthPanel>
  );
}

/** What one can do about it depends on who one is. */
async function Answer({ token, preview }: { token: string; preview: InvitationPreview }) {
  const t = await getTranslations("auth.invitation");
  const { email, tenantName, hasAccount } = preview;
  const path = `/invitations/${token}`;
  const current = (await currentPerson())?.person.email;
  if (current === email) return <AcceptInvitation token={token} tenant={tenantName} />;
  if (current) {
    return (
      <>
        <p className="font-semibold">{t("otherTitle")}</p>
        <p className="text-muted">{t("other", { email, current })}</p>
        <ReturnAsOther path={path} />
      </>
    );
  }
  if (!hasAccount) return <JoinForm token={token} email={email} tenant={tenantName} />;
  const search = new URLSearchParams({ next: path, email });
  return (
    <>
      <p className="text-muted">{t("signInLead", { email })}</p>
      <LinkButton href={`/sign-in?${search}`}>{t("signIn")}</LinkButton>
    </>
  );
}

async function findPreview(token: string): Promise<InvitationPreview | { refusal: string }> {
  try {
    return await previewInvitation(await publicContext(), { token });
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message };
    throw error;
  }
}
