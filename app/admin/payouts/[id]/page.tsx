import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { ActWithWhy } from "#components/payouts/act-with-why";
import { PayoutBody } from "#components/payouts/payout-body";
import { consolePlaces } from "#components/trace/places";
import { Amount } from "#components/ui/amount";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getPayout, type PayoutTrace } from "#lib/payouts/get-payout";
import { listParts, partsQuery } from "#lib/payouts/list-parts";
import { formatSum } from "#lib/payouts/sum";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Payout" };

const query = partsQuery.extend({ account: z.string().max(100).optional() });

export default async function PayoutPage(props: PageProps<"/admin/payouts/[id]">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "payouts:read")) {
    return <NoAccess title="Payout" permission="payouts:read" />;
  }
  const { id: payoutId } = await props.params;
  const { account, ...wanted } = readQuery(query, await props.searchParams);
  const asked = { payoutId, ...(account !== undefined && { account }) };
  const [trace, parts] = await Promise.all([
    forPage(getPayout(ctx, asked), "/admin/payouts"),
    forPage(listParts(ctx, { ...asked, ...wanted }), `/admin/payouts/${payoutId}`),
  ]);
  const { tenant } = trace;
  return (
    <Page>
      <PageHeader
        title={
          <>
            Payout of <Amount of={trace.amount} />
          </>
        }
        sentence={
          tenant ? (
            <Link href={`/admin/tenants/${tenant.id}`} className="text-link hover:underline">
              {tenant.name}
            </Link>
          ) : (
            "The platform's own"
          )
        }
        actions={
          <>
            <LinkButton
              href={consolePlaces.trace({ kind: "payout", scope: trace.account, id: payoutId })}
              variant="secondary"
              size="sm"
            >
              Trace
            </LinkButton>
            {isStoppable(trace) && mayOnPlatform(ctx.platformRole, "money:update") && (
              <ActWithWhy
                trigger="Stop it"
                title="Stop this payout?"
                effect={`${formatSum(trace.amount)} stays in our balance at Stripe.`}
                confirm="Stop it"
                path={`/api/v1/admin/payouts/${payoutId}/cancel`}
              />
            )}
          </>
        }
      />
      <PayoutBody
        {...{ trace, parts }}
        at={`/admin/payouts/${payoutId}`}
        csv={`/api/v1/admin/payouts/${payoutId}/parts/export`}
        payoutHref={(id) => `/admin/payouts/${id}`}
        paymentHref={(id) => `/admin/trace?id=${id}`}
        kind={wanted.kind}
      />
    </Page>
  );
}

/** One of ours, by hand, that has not left. A company's is the company's to stop. */
function isStoppable({ account, isAutomatic, status }: PayoutTrace): boolean {
  return account === "" && !isAutomatic && status === "pending";
}
