"use client";

import { useTranslations } from "next-intl";
import { useCheckout } from "#components/billing/use-checkout";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import type { CheckoutView } from "#lib/billing/get-billing";
import type { Currency } from "#lib/money/currency";

type Props = {
  slug: string;
  checkout: CheckoutView;
  /** True right after coming back from Stripe's page by its way back. */
  isJustBack: boolean;
};

/** A checkout that was begun: nothing was charged, and it can go on where it was left. */
export function UnfinishedCheckout({ slug, checkout, isJustBack }: Props) {
  const t = useTranslations("tenant.billing");
  const { start, isPending, problem } = useCheckout(slug);
  const { planKey: plan, planName, seats, addOns, expiresAt } = checkout;
  const choice = {
    plan,
    interval: checkout.interval,
    currency: checkout.currency as Currency,
    ...{ seats, addOns },
  };
  const what = {
    interval: checkout.interval,
    currency: checkout.currency.toUpperCase(),
    seats,
  };
  return (
    <div className="grid gap-2">
      <Banner
        kind="warning"
        title={isJustBack ? t("wait.cancelledTitle") : t("unfinished.title", { plan: planName })}
        action={
          checkout.url ? (
            <LinkButton size="sm" variant="secondary" href={checkout.url}>
              {t("unfinished.continue")}
            </LinkButton>
          ) : (
            <Button
              size="sm"
              variant="secondary"
              isPending={isPending}
              onPress={() => void start(choice)}
            >
              {t("unfinished.continue")}
            </Button>
          )
        }
      >
        {`${planName}, ${t(seats > 1 ? "unfinished.seats" : "unfinished.flat", what)} `}
        {expiresAt ? t("unfinished.open", { at: expiresAt }) : t("unfinished.opening")}{" "}
        {t("unfinished.another")}
      </Banner>
      <ProblemAlert problem={problem} />
    </div>
  );
}
