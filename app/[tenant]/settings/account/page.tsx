import { getTranslations } from "next-intl/server";
import { AccountPage } from "#components/connect/account-page";
import { Embedded } from "#components/connect/embedded";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("connect.settings.account");
  return { title: t("title") };
}

export default async function Account(props: PageProps<"/[tenant]/settings/account">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("connect");
  return (
    <AccountPage ctx={ctx} place="account">
      {() => (
        <>
          <Embedded tag="notification-banner" label={t("payments.notices")} minHeight={0} />
          <Embedded tag="account-management" label={t("payouts.management")} minHeight={320} />
          <Embedded tag="documents" label={t("payouts.documents")} />
        </>
      )}
    </AccountPage>
  );
}
