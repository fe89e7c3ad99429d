import { useTranslations } from "next-intl";
import { Features } from "#components/billing/features";
import { SubscriptionStatus } from "#components/billing/subscription-status";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Meter } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import type { SubscriptionView } from "#lib/billing/subscription";
import type { PublicPlan } from "#lib/catalog/plan";

type Props = { plan: PublicPlan | null; subscription: SubscriptionView; people: number };

/** The plan as it is: how it stands, until when, for how many, and what it gives. */
export function ActivePlan({ plan, subscription, people }: Props) {
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
        currentPeriodEnd && (
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
