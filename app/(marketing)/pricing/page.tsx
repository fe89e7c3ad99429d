import { CircleDollarSign } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Messages } from "#components/messages";
import { FeatureTable } from "#components/pricing/feature-table";
import { mostSeats } from "#components/pricing/plan-card";
import { PlanGrid } from "#components/pricing/plan-grid";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { listPublicAddOns, listPublicPlans } from "#lib/catalog/list-public-plans";
import { currenciesOf } from "#lib/catalog/plan";
import { isCurrency } from "#lib/money/currency";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { mayInTenant } from "#lib/tenancy/permissions";
import { currentPerson, publicContext } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("marketing.pricing");
  return { title: t("title"), description: t("description") };
}

/** A choice from the address; nonsense there falls back rather than failing. */
const query = z.object({
  interval: z.enum(["month", "year"]).catch("month"),
  seats: z.coerce.number().int().min(1).max(mostSeats).catch(3),
  currency: z.string().refine(isCurrency).optional().catch(undefined),
});

export default async function PricingPage(props: PageProps<"/pricing">) {
  const t = await getTranslations("marketing.pricing");
  const { interval, seats, currency } = query.parse(await props.searchParams);
  const visitor = await publicContext();
  const [plans, addOns] = await Promise.all([listPublicPlans(visitor), listPublicAddOns(visitor)]);
  const currencies = currenciesOf(plans);
  const chosen = currencies.find((code) => code === currency) ?? currencies[0] ?? "usd";
  return (
    <div className="mx-auto grid max-w-6xl grid-cols-1 gap-8 px-4 py-10 lg:px-6">
      <header>
        <h1 className="text-3xl font-semibold tracking-tight">{t("heading")}</h1>
        <p className="mt-2 text-base text-muted">{t("lead")}</p>
      </header>
      {plans.length > 0 ? (
        <>
          <Messages areas={["common", "marketing"]}>
            <PlanGrid
              plans={plans}
              addOns={addOns}
              currencies={currencies}
              initial={{ interval, seats, currency: chosen }}
              slug={await findPayingWorkspace()}
            />
          </Messages>
          <FeatureTable plans={plans} />
          <Questions />
        </>
      ) : (
        <Card>
          <EmptyState icon={<CircleDollarSign />} title={t("emptyTitle")}>
            {t("emptyBody")}
          </EmptyState>
        </Card>
      )}
    </div>
  );
}

async function Questions() {
  const t = await getTranslations("marketing.pricing");
  return (
    <section className="grid gap-4">
      <h2 className="text-base font-semibold">{t("questions")}</h2>
      <dl className="grid gap-6 md:grid-cols-3">
        {([1, 2, 3] as const).map((number) => (
          <div key={number} className="border-t border-border pt-4">
            <dt className="font-medium">{t(`q${number}`)}</dt>
            <dd className="mt-1 text-muted">{t(`a${number}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The workspace of the person who is signed in whose plan they may choose, the first by name. */
async function findPayingWorkspace(): Promise<string | undefined> {
  const person = await currentPerson();
  if (!person) return undefined;
  const tenants = await listMyTenants(person);
  return tenants.find(({ role }) => mayInTenant(role, "billing:update"))?.slug;
}
