import type { Metadata } from "next";
import Link from "next/link";
import { forPage } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { GiveBackForm } from "#components/payouts/give-back-form";
import { ToPayout } from "#components/payouts/moved-table";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { type FeePage, getFee } from "#lib/payouts/get-fee";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Application fee" };

export default async function OneFeePage(props: PageProps<"/admin/transfers/fees/[id]">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "payouts:read")) {
    return <NoAccess title="Application fee" permission="payouts:read" />;
  }
  const { id: feeId } = await props.params;
  const fee = await forPage(getFee(ctx, { feeId }), "/admin/transfers?view=fees");
  const { amount, tenant } = fee;
  return (
    <Page>
      <PageHeader
        title={
          <>
            Application fee of <Amount of={amount} />
          </>
        }
        sentence={
          tenant ? (
            <Link href={`/admin/tenants/${tenant.id}`} className="text-link hover:underline">
              of a payment to {tenant.name}
            </Link>
          ) : (
            fee.accountId
          )
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <About fee={fee} />
        <GivenBack fee={fee} mayGive={mayOnPlatform(ctx.platformRole, "money:update")} />
      </div>
    </Page>
  );
}

function About({ fee }: { fee: FeePage }) {
  return (
    <Card title="What it is of">
      <Facts>
        <Fact label="Taken">
          <Moment at={fee.createdAt} as="exact" />
        </Fact>
        <Fact label="Of us">
          <CopyableId id={fee.id} />
        </Fact>
        {fee.chargeId && (
          <Fact label="Payment">
            <CopyableId id={fee.chargeId} />
          </Fact>
        )}
        <Fact label="Our payout">
          <ToPayout id={fee.ourPayoutId} />
        </Fact>
      </Facts>
    </Card>
  );
}

function GivenBack({ fee, mayGive }: { fee: FeePage; mayGive: boolean }) {
  const { amount, returned, refunds, moves } = fee;
  const left = amount.minor - returned.minor;
  return (
    <Card title="Given back">
      {refunds.length === 0 && <p className="text-muted">Nothing was given back.</p>}
      <Facts>
        {refunds.map(({ id, amount: sum, at }) => (
          <Fact key={id} label={id}>
            <Amount of={sum} />, <Moment at={at} />
          </Fact>
        ))}
        {moves.map(({ id, reason, error }) => (
          <Fact key={id} label="Why">
            {error ?? reason}
          </Fact>
        ))}
      </Facts>
      {left > 0n && mayGive && (
        <GiveBackForm
          key={`${left}`}
          path={`/api/v1/admin/application-fees/${fee.id}/refunds`}
          left={`${left}`}
          currency={amount.currency}
          what="give back"
          effect="It goes from our balance to theirs at once."
          verb="Give it back"
        />
      )}
    </Card>
  );
}
