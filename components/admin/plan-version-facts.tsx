import { StripeId } from "#components/admin/stripe-id";
import { Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Progress } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import { isFree } from "#lib/catalog/plan";
import type { AdminPlanVersion } from "#lib/overview/list-plans";

/** What a version gives, when it was published, and what Stripe knows of it. */
export function PlanVersionFacts({ version }: { version: AdminPlanVersion }) {
  const { status, prices, trialDays, createdAt, publishedAt, stripeProductId } = version;
  const share = prices.all > 0 ? prices.published / prices.all : 0;
  return (
    <div className="grid gap-x-10 gap-y-4 px-4 md:grid-cols-2">
      <div>
        <p className="text-2xs font-medium tracking-wide text-muted uppercase">Gives</p>
        <ul className="mt-1.5 grid gap-1">
          {version.features.map(({ key, name, limit }) => (
            <li key={key}>
              {name}
              {limit === undefined ? "" : `: ${limit.toLocaleString("en")}`}
            </li>
          ))}
          {trialDays > 0 && <li>{`A trial of ${trialDays} days`}</li>}
          {version.features.length === 0 && trialDays === 0 && (
            <li className="text-muted">Nothing beyond the product itself</li>
          )}
        </ul>
      </div>
      <Facts>
        <Fact label="Version id">
          <CopyableId id={version.versionId} />
        </Fact>
        <Fact label={publishedAt ? "Published" : "Made"}>
          <Moment at={publishedAt ?? createdAt} />
        </Fact>
        {!isFree(version) && (
          <>
            <Fact label="Stripe product">
              {stripeProductId ? (
                <StripeId id={stripeProductId} of="product" />
              ) : (
                <span className="text-muted">made on publishing</span>
              )}
            </Fact>
            <Fact label="Prices at Stripe">{`${prices.published} of ${prices.all}`}</Fact>
          </>
        )}
        {status === "publishing" && <Progress label="Publishing to Stripe" share={share} />}
      </Facts>
    </div>
  );
}
