import { StripeId } from "#components/admin/stripe-id";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import type { TenantPage } from "#lib/overview/get-tenant-page";

type Props = { tenant: Pick<TenantPage, "id" | "stripeAccountId" | "stripeCustomerId"> };

/** What a tenant is called here and at Stripe. */
export function TenantIds({ tenant: { id, stripeAccountId, stripeCustomerId } }: Props) {
  return (
    <Card title="Ids">
      <Facts>
        <Fact label="Tenant">
          <CopyableId id={id} />
        </Fact>
        <Fact label="Stripe account">
          {stripeAccountId ? (
            <StripeId id={stripeAccountId} of="account" />
          ) : (
            <span className="text-muted">opens with the first plan</span>
          )}
        </Fact>
        {stripeCustomerId && (
          <Fact label="Stripe customer">
            <StripeId id={stripeCustomerId} of="customer" />
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
