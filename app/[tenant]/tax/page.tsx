import { getTranslations } from "next-intl/server";
import { AccountPage } from "#components/connect/account-page";
import { Embedded } from "#components/connect/embedded";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("connect.settings.tax");
  return { title: t("title") };
}

export default async function TaxPage(props: PageProps<"/[tenant]/tax">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("connect.settings.tax");
  return (
    <AccountPage ctx={ctx} place="tax">
      {() => (
        <>
          <Embedded tag="tax-settings" label={t("settings")} minHeight={240} />
          <Embedded tag="tax-registrations" label={t("registrations")} minHeight={240} />
        </>
      )}
    </AccountPage>
  );
}
