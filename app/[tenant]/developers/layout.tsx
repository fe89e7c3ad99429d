import { getTranslations } from "next-intl/server";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }>; children: React.ReactNode };

export async function generateMetadata() {
  const t = await getTranslations("developers");
  return { title: t("title") };
}

/** Tells whose role does not include these pages whom to ask; every read below asks for itself. */
export default async function DevelopersLayout({ params, children }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("developers");
  if (!mayInTenant(ctx.role, "developers:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="developers" permission="developers:read" />;
  }
  return <Messages areas={["common", "developers"]}>{children}</Messages>;
}
