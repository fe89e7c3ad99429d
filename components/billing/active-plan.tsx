import { useTranslations } from "next-intl";
import { Features } from "#components/billing/features";
import { SubscriptionStatus } from "#components/billing/subscription-status";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Meter } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import type { OwnedAddOn } from "#lib/billing/read-add-ons";
import type { SubscriptionView } from "#lib/billing/subscription";
import type { PublicPlan } from "#lib/catalog/plan";

type Props = {
  addOns: readonly OwnedAddOn[];
  plan: PublicPlan | null;
  subscription: SubscriptionView;
  people: number;
};

/** The plan as it is: how it stands, until when, for how many, and what it gives. */
export function ActivePlan({ plan, addOns, subscription, people }: Props) {
  const t = useTranslations("tenant.billing");
  const { seats } = subscription;
  return (
    <Card title={t("current.title")} action={<SubscriptionStatus of={subscription} />}>
      <div className="grid gap-4">
        <div>
          <p className="text-xl leading-7 font-semibold tracking-tight">
            {plan?.name ?? t("unknownPlan")}
          </p>
          <p className="text-muted">{plan?.description ?? t("unknownPlanBody")}</p>
        </div>
        {seats && (
          <Meter
            label={t("current.seats")}
            value={people}
            max={seats}
            text={t("current.seatsText", { taken: people, seats })}
          />
        )}
        {addOns.length > 0 && <Beside addOns={addOns} />}
        <PlanFacts subscription={subscription} />
        {plan && plan.features.length > 0 && (
          <div className="border-t border-separator pt-4">
            <p className="pb-2 text-xs text-muted">{t("current.features")}</p>
            <Features of={plan.features} />
          </div>
        )}
      </div>
    </Card>
  );
}

/** What was bought beside the plan. */
function Beside({ addOns }: Pick<Props, "addOns">) {
  const t = useTranslations("tenant.billing.addOns");
  return (
    <div className="border-t border-separator pt-4">
      <p className="pb-2 text-xs text-muted">{t("title")}</p>
      <ul className="grid gap-1.5">
        {addOns.map(({ plan: { key, name }, quantity }) => (
          <li key={key}>{t(quantity > 1 ? "many" : "one", { name, quantity })}</li>
        ))}
      </ul>
    </div>
  );
}

function PlanFacts({ subscription }: Pick<Props, "subscription">) {
  const t = useTranslations("tenant");
  const { id, interval, status, currency, currentPeriodEnd, cancelAt, createdAt } = subscription;
  const end = status === "trialing" ? "trialEnds" : "renews";
  return (
    <Facts>
      <Fact label={t("billing.current.interval")}>
        {t("billing.current.paid", { interval, currency: currency.toUpperCase() })}
      </Fact>
      {cancelAt ? (
        <Fact label={t("billing.current.ends")}>
          <Moment at={cancelAt} as="date" />
        </Fact>
      ) : (
        currentPeriodEnd &&
        status !== "paused" && (
          <Fact label={t(`billing.current.${end}`)}>
            <Moment at={currentPeriodEnd} as="date" />
          </Fact>
        )
      )}
      <Fact label={t("billing.current.since")}>
        <Moment at={createdAt} as="date" />
      </Fact>
      <Fact label={t("billing.current.subscription")}>
        <CopyableId id={id} />
      </Fact>
    </Facts>
  );
}
