import { Landmark } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { AccountPage } from "#components/connect/account-page";
import { Embedded } from "#components/connect/embedded";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { findFinancialAccount } from "#lib/connect/find-financial-account";
import type { TenantContext } from "#lib/tenancy/context";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("connect.settings.banking");
  return { title: t("title") };
}

export default async function BankingPage(props: PageProps<"/[tenant]/cards/account">) {
  const ctx = await requireTenant((await props.params).tenant);
  return (
    <AccountPage ctx={ctx} place="banking">
      {() => shown(ctx)}
    </AccountPage>
  );
}

/** The financial account, or what it would be. */
async function shown(ctx: TenantContext) {
  const t = await getTranslations("connect.settings.banking");
  const financialAccount = await findFinancialAccount(ctx);
  if (!financialAccount) {
    return (
      <Card>
        <EmptyState icon={<Landmark />} title={t("none")}>
          {t("noneBody")}
        </EmptyState>
      </Card>
    );
  }
  const settings = { financialAccount };
  return (
    <>
      <Embedded tag="financial-account" label={t("title")} settings={settings} minHeight={240} />
      <Embedded
        tag="financial-account-transactions"
        label={t("transactions")}
        settings={settings}
        minHeight={240}
      />
    </>
  );
}
