import { CreditCard } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { AccountPage } from "#components/connect/account-page";
import { Embedded } from "#components/connect/embedded";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { hasCard } from "#lib/connect/has-card";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("connect.settings.cards");
  return { title: t("title") };
}

export default async function CardsPage(props: PageProps<"/[tenant]/cards">) {
  const ctx = await requireTenant((await props.params).tenant);
  return (
    <AccountPage ctx={ctx} place="cards">
      {() => shown(ctx)}
    </AccountPage>
  );
}

/** The cards there are, or what they would be; Stripe's list is where the first is issued. */
async function shown(ctx: TenantContext) {
  const t = await getTranslations("connect.settings.cards");
  const list = <Embedded tag="issuing-cards-list" label={t("list")} minHeight={240} />;
  if (await hasCard(ctx)) {
    return (
      <>
        {list}
        <Embedded tag="issuing-card" label={t("card")} minHeight={160} />
      </>
    );
  }
  const mayIssue = mayInTenant(ctx.role, "cards:update");
  return (
    <>
      <Card>
        <EmptyState icon={<CreditCard />} title={t("none")}>
          {t(mayIssue ? "noneBody" : "noneToSee")}
        </EmptyState>
      </Card>
      {mayIssue && list}
    </>
  );
}
