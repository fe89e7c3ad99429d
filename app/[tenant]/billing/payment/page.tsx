import { useLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Messages } from "#components/messages";
import { BalanceCard } from "#components/payments/balance-card";
import { DetailsCard } from "#components/payments/details-card";
import { ExpiryBanner } from "#components/payments/expiry-banner";
import { MethodsCard } from "#components/payments/methods-card";
import { placeNames } from "#components/payments/place-names";
import { PortalButton } from "#components/payments/portal-button";
import { TaxIdsCard } from "#components/payments/tax-ids-card";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Refusal } from "#lib/errors";
import { getDetails } from "#lib/payments/get-details";
import { balanceQuery, listBalance } from "#lib/payments/list-balance";
import { listMethods } from "#lib/payments/list-methods";
import type { TenantContext } from "#lib/tenancy/context";
import { countries } from "#lib/tenancy/countries";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const query = z.object({ cursor: balanceQuery.shape.cursor.catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("payments.page");
  return { title: t("title") };
}

export default async function PaymentPage(props: PageProps<"/[tenant]/billing/payment">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("payments.page");
  if (!mayInTenant(ctx.role, "billing:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="billing" permission="billing:read" />;
  }
  const { cursor } = query.parse(await props.searchParams);
  const found = await read(ctx, cursor);
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={`/${ctx.tenantSlug}/billing`}>{t("back")}</TextLink>
      </div>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      {found instanceof Refusal ? <Away refusal={found} /> : <Parts ctx={ctx} {...found} />}
    </Page>
  );
}

/** All of it is Stripe's, so where Stripe is away there is nothing to show but that. */
async function read(ctx: TenantContext, cursor: string | undefined) {
  try {
    const [methods, page, balance] = await Promise.all([
      listMethods(ctx),
      getDetails(ctx),
      listBalance(ctx, { cursor }),
    ]);
    return { methods, page, balance };
  } catch (error) {
    if (error instanceof Refusal && (error.code === "unavailable" || error.code === "gone")) {
      return error;
    }
    throw error;
  }
}

async function Away({ refusal }: { refusal: Refusal }) {
  const t = await getTranslations("payments.page");
  const isGone = refusal.code === "gone";
  return (
    <Card>
      <ErrorState title={t(isGone ? "goneTitle" : "outageTitle")}>
        {isGone ? refusal.message : t("outage")}
      </ErrorState>
    </Card>
  );
}

type PartsProps = Exclude<Awaited<ReturnType<typeof read>>, Refusal> & { ctx: TenantContext };

function Parts({ ctx, methods, page, balance }: PartsProps) {
  const base = `/api/v1/tenants/${ctx.tenantSlug}` as const;
  const mayChange = mayInTenant(ctx.role, "billing:update");
  const { country, locale: language } = page.details;
  const known = [...new Set([...countries, ...(country ? [country] : [])])];
  const names = placeNames(useLocale(), { countries: known, language });
  return (
    <Messages areas={["common", "payments"]}>
      <ExpiryBanner methods={methods.methods} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid grid-cols-1 gap-5">
          <MethodsCard {...methods} base={base} mayChange={mayChange} />
          <TaxIdsCard
            taxIds={page.taxIds}
            tax={page.tax}
            types={names.taxIds}
            base={base}
            mayChange={mayChange}
          />
          <BalanceCard balance={balance} slug={ctx.tenantSlug} />
          {mayChange && <PortalButton base={base} />}
        </div>
        <DetailsCard
          details={page.details}
          base={base}
          mayChange={mayChange}
          countries={names.countries}
          languages={names.languages}
        />
      </div>
    </Messages>
  );
}
