import { Suspense } from "react";
import { z } from "zod";
import { forPage } from "#components/admin/list-query";
import { PolicyActions } from "#components/selling/policy-actions";
import { PolicyRules, PolicyState } from "#components/selling/policy-words";
import { SimulationCard } from "#components/selling/simulation-card";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { TableSkeleton } from "#components/ui/skeleton";
import { problemsOf } from "#lib/selling/fee-policy";
import { getPolicy } from "#lib/selling/list-policies";
import type { PolicyView } from "#lib/selling/policy";
import { simulatePolicy } from "#lib/selling/simulate-policy";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Fee policy" };
const query = z.object({ months: z.coerce.number().int().min(1).max(12).catch(3) });

export default async function PolicyPage(props: PageProps<"/admin/fees/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const { months } = query.parse(await props.searchParams);
  const policy = await forPage(getPolicy(ctx, { policyId: id }), "/admin/fees");
  const { name, number, status } = policy;
  const mayUpdate = mayOnPlatform(ctx.platformRole, "fees:update");
  return (
    <Page>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {number ? `${number} · ${name}` : name} <PolicyState of={policy} />
          </span>
        }
        sentence="What it takes holds for pages that payers open while it is in force."
        actions={
          <>
            <LinkButton href="/admin/fees" variant="secondary" size="sm">
              All policies
            </LinkButton>
            {mayUpdate && status === "draft" && (
              <LinkButton href={`/admin/fees/${id}/edit`} variant="secondary" size="sm">
                Change
              </LinkButton>
            )}
            {mayUpdate && (
              <PolicyActions {...{ id, status }} problem={problemsOf(policy.rules)[0] ?? null} />
            )}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
        <Card title="Rules" note="the first that holds decides">
          <PolicyRules rules={policy.rules} />
        </Card>
        <About policy={policy} />
      </div>
      <Suspense fallback={<TableSkeleton />}>
        <Simulation {...{ ctx, id, months }} />
      </Suspense>
    </Page>
  );
}

/** Counted over every payment of those months, so the rest of the page does not wait for it. */
async function Simulation({
  ctx,
  id,
  months,
}: {
  ctx: PlatformContext;
  id: string;
  months: number;
}) {
  const simulation = await simulatePolicy(ctx, { policyId: id, months });
  return <SimulationCard {...{ simulation, months }} place={`/admin/fees/${id}`} />;
}

function About({ policy }: { policy: PolicyView }) {
  const { id, effectiveAt, publishedAt, retiredAt, createdAt, returnsFee } = policy;
  return (
    <Card title="Policy">
      <Facts>
        <Fact label="Begins">
          {effectiveAt ? <Moment at={effectiveAt} as="exact" /> : "when it is published"}
        </Fact>
        {publishedAt && (
          <Fact label="Published">
            <Moment at={publishedAt} />
          </Fact>
        )}
        {retiredAt && (
          <Fact label="Retired">
            <Moment at={retiredAt} />
          </Fact>
        )}
        <Fact label="Drafted">
          <Moment at={createdAt} />
        </Fact>
        <Fact label="A refund">{returnsFee ? "gives the fee back" : "keeps the fee"}</Fact>
        <Fact label="Id">
          <CopyableId id={id} />
        </Fact>
      </Facts>
    </Card>
  );
}
