import { StripeId } from "#components/admin/stripe-id";
import { SubscriptionStatus } from "#components/admin/subscription-status";
import { Card, Fact, Facts } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { CancelReason } from "#lib/billing/cancel-offers";
import type { TenantPage } from "#lib/overview/get-tenant-page";

const reasons: Record<CancelReason, string> = {
  too_expensive: "It costs too much",
  unused: "They do not use it enough",
  missing_features: "Something is missing",
  switched_service: "They moved to something else",
  too_complex: "It is too complicated",
  low_quality: "It does not work well enough",
  customer_service: "The help was not good enough",
  other: "Something else",
};

/** What a tenant pays for and until when. */
export function TenantSubscription(props: Pick<TenantPage, "subscription" | "leaving">) {
  const { subscription, leaving } = props;
  if (!subscription) {
    return (
      <Card title="Subscription">
        <p className="text-muted">On Free, and never subscribed to a plan.</p>
      </Card>
    );
  }
  const { id, plan, status, seats, interval, currency, currentPeriodEnd, cancelAt } = subscription;
  return (
    <Card title="Subscription">
      <Facts>
        <Fact label="Plan">
          {plan ? (
            <TextLink href={`/admin/plans/${plan.key}`}>{plan.name}</TextLink>
          ) : (
            "not one of ours"
          )}
        </Fact>
        <Fact label="Status">
          <SubscriptionStatus of={status} />
        </Fact>
        {seats !== null && <Fact label="Seats">{seats}</Fact>}
        <Fact label="Billed">{`per ${interval} in ${currency.toUpperCase()}`}</Fact>
        {cancelAt ? (
          <Fact label="Ends">
            <Moment at={cancelAt} as="date" />
          </Fact>
        ) : (
          currentPeriodEnd && (
            <Fact label={status === "canceled" ? "Was paid until" : "Renews"}>
              <Moment at={currentPeriodEnd} as="date" />
            </Fact>
          )
        )}
        {leaving && (
          <Fact label="Why it ends">
            {reasons[leaving.reason]}
            {leaving.comment && (
              <span className="block wrap-anywhere text-muted">“{leaving.comment}”</span>
            )}
          </Fact>
        )}
        <Fact label="Id">
          <StripeId id={id} of="subscription" />
        </Fact>
      </Facts>
    </Card>
  );
}
