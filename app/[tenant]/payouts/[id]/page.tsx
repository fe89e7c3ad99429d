import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { AtStripe, stripeView } from "#components/connect/at-stripe";
import { Messages } from "#components/messages";
import { PayoutBody } from "#components/payouts/payout-body";
import { StopPayout } from "#components/payouts/stop-payout";
import { NoAccess } from "#components/tenant-settings/no-access";
import { tenantPlaces } from "#components/trace/places";
import { formatAmount } from "#components/ui/amount";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getPayout } from "#lib/payouts/get-payout";
import { listParts, partsQuery } from "#lib/payouts/list-parts";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("payouts.list");
  return { title: t("payout") };
}

export default async function PayoutPage(props: PageProps<"/[tenant]/payouts/[id]">) {
  const { tenant, id: payoutId } = await props.params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("payouts");
  if (!mayInTenant(ctx.role, "payouts:read")) {
    const what = { what: "payouts", permission: "payouts:read" } as const;
    return <NoAccess title={t("list.payout")} ctx={ctx} {...what} />;
  }
  const place = `/${ctx.tenantSlug}/payouts`;
  const query = readQuery(partsQuery, await props.searchParams);
  const [trace, parts] = await Promise.all([
    forPage(getPayout(ctx, { payoutId }), place),
    forPage(listParts(ctx, { payoutId, ...query }), `${place}/${payoutId}`),
  ]);
  const amount = formatAmount(trace.amount, await getLocale());
  const traced = { kind: "payout", scope: trace.account } as const;
  const mayStop = !trace.isAutomatic && trace.status === "pending";
  return (
    <Page>
      <PageHeader
        title={t("one.title", { amount })}
        sentence={
          <Link href={place} className="text-link hover:underline">
            {t("one.back")}
          </Link>
        }
        actions={
          <>
            <LinkButton
              href={tenantPlaces(ctx.tenantSlug).trace({ ...traced, id: payoutId })}
              variant="secondary"
              size="sm"
            >
              {(await getTranslations("trace"))("back")}
            </LinkButton>
            {mayStop && mayInTenant(ctx.role, "payouts:create") && (
              <Messages areas={["common", "payouts"]}>
                <StopPayout slug={ctx.tenantSlug} payoutId={payoutId} amount={amount} />
              </Messages>
            )}
          </>
        }
      />
      <PayoutBody
        {...{ trace, parts }}
        at={`${place}/${payoutId}`}
        csv={`/api/v1/tenants/${ctx.tenantSlug}/payouts/${payoutId}/parts/export`}
        payoutHref={(id) => `${place}/${id}`}
        bankHref={`${place}?view=payouts`}
        kind={query.kind}
      />
      <AtStripe
        {...{ ctx, what: "payout", id: payoutId, place: `${place}/${payoutId}` }}
        isOpen={(await props.searchParams).show === stripeView}
      />
    </Page>
  );
}
