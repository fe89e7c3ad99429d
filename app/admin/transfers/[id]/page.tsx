import type { Metadata } from "next";
import Link from "next/link";
import { forPage } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { StripeId } from "#components/admin/stripe-id";
import { GiveBackForm } from "#components/payouts/give-back-form";
import { ToPayout } from "#components/payouts/moved-table";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { getTransfer, type TransferPage } from "#lib/payouts/get-transfer";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Transfer" };

export default async function OneTransferPage(props: PageProps<"/admin/transfers/[id]">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "payouts:read")) {
    return <NoAccess title="Transfer" permission="payouts:read" />;
  }
  const { id: transferId } = await props.params;
  const transfer = await forPage(getTransfer(ctx, { transferId }), "/admin/transfers");
  const { amount, returned, tenant } = transfer;
  const left = amount.minor - returned.minor;
  return (
    <Page>
      <PageHeader
        title={
          <>
            Transfer of <Amount of={amount} />
          </>
        }
        sentence={
          tenant ? (
            <Link href={`/admin/tenants/${tenant.id}`} className="text-link hover:underline">
              to {tenant.name}
            </Link>
          ) : (
            transfer.accountId
          )
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Ends transfer={transfer} />
        <Card title="Taken back">
          {transfer.reversals.length === 0 && <p className="text-muted">Nothing was taken back.</p>}
          <Facts>
            {transfer.reversals.map(({ id, amount: sum, at }) => (
              <Fact key={id} label={id}>
                <Amount of={sum} />, <Moment at={at} />
              </Fact>
            ))}
          </Facts>
          {left > 0n && mayOnPlatform(ctx.platformRole, "money:update") && (
            <GiveBackForm
              key={`${left}`}
              path={`/api/v1/admin/transfers/${transferId}/reversals`}
              left={`${left}`}
              currency={amount.currency}
              what="take back"
              effect="It leaves their balance at once, even below nothing."
              verb="Take it back"
            />
          )}
        </Card>
      </div>
    </Page>
  );
}

/** What it is in our balance and in theirs, and the payouts that took each along. */
function Ends({ transfer }: { transfer: TransferPage }) {
  const { sourceId, thereId, ourPayoutId, theirPayoutId } = transfer;
  return (
    <Card title="Both ends">
      <Facts>
        <Fact label="Made">
          <Moment at={transfer.createdAt} as="exact" />
        </Fact>
        <Fact label="Of us">
          <StripeId id={transfer.id} of="transfer" />
        </Fact>
        <Fact label="Our payout">
          <ToPayout id={ourPayoutId} />
        </Fact>
        {sourceId && (
          <Fact label="Paid for by">
            <CopyableId id={sourceId} />
          </Fact>
        )}
        {thereId && (
          <Fact label="With them">
            <CopyableId id={thereId} />
          </Fact>
        )}
        <Fact label="Their payout">
          <ToPayout id={theirPayoutId} />
        </Fact>
        {transfer.description && <Fact label="For">{transfer.description}</Fact>}
        {transfer.moves.map(({ id, reason }) => (
          <Fact key={id} label="Why">
            {reason}
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}
