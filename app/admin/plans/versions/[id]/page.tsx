import { forPage, readQuery } from "#components/admin/list-query";
import { PlanPrices } from "#components/admin/plan-prices";
import { PlanVersionFacts } from "#components/admin/plan-version-facts";
import { BackTest } from "#components/plans/back-test";
import { PublishingCard } from "#components/plans/publishing-card";
import { RunAgain } from "#components/plans/run-again";
import { SubscribersCard } from "#components/plans/subscribers-card";
import { VersionActions } from "#components/plans/version-actions";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { getVersion, type VersionDetail } from "#lib/catalog/get-version";
import { subscribersQuery } from "#lib/catalog/input";
import { isFree } from "#lib/catalog/plan";
import { listVersionSubscribers } from "#lib/migrations/list-version-subscribers";
import { listPlans } from "#lib/overview/list-plans";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Version" };

export default async function VersionPage(props: PageProps<"/admin/plans/versions/[id]">) {
  const ctx = await requireAdmin();
  const { id: versionId } = await props.params;
  const version = await forPage(getVersion(ctx, { versionId }), "/admin/plans");
  const { plan, number, status, publishing } = version;
  const facts = (await listPlans(ctx))
    .flatMap(({ versions }) => versions)
    .find((one) => one.versionId === versionId);
  const mayPublish = mayOnPlatform(ctx.platformRole, "plans:publish");
  const mayUpdate = mayOnPlatform(ctx.platformRole, "plans:update");
  const { problems, draft } = version;
  const subscribers = facts?.subscribers ?? 0;
  return (
    <Page>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {plan.name}, version {number} <Status of={status} />
          </span>
        }
        sentence={sentences[status]}
        actions={
          <>
            <LinkButton href={`/admin/plans/${plan.key}`} variant="secondary" size="sm">
              All versions
            </LinkButton>
            <VersionActions
              version={{
                ...{ versionId, number, status, subscribers, revision: draft.revision },
                problems: problems.length,
              }}
              {...{ plan, mayUpdate, mayPublish }}
            />
          </>
        }
      />
      <Problems of={version} />
      {publishing && <PublishingCard {...{ versionId, status, mayPublish }} run={publishing} />}
      <Card title="Prices" flush>
        <PlanPrices components={version.offer.components} />
      </Card>
      {facts && (
        <Card title="What it gives, and at Stripe" flush>
          <div className="pb-4">
            <PlanVersionFacts version={facts} />
            {!publishing && mayPublish && status !== "draft" && !isFree(version.offer) && (
              <div className="px-4 pt-4">
                <RunAgain versionId={versionId} isPublishing={false} run={undefined} />
              </div>
            )}
          </div>
        </Card>
      )}
      {status === "draft" ? (
        <BackTest versionId={versionId} />
      ) : (
        <Subscribers ctx={ctx} versionId={versionId} search={await props.searchParams} />
      )}
    </Page>
  );
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

async function Subscribers(props: { ctx: PlatformContext; versionId: string; search: Search }) {
  const { ctx, versionId, search } = props;
  const query = readQuery(subscribersQuery, search);
  const of = await listVersionSubscribers(ctx, { versionId, ...query });
  const path = `/admin/plans/versions/${versionId}`;
  return <SubscribersCard of={of} path={path} isFirst={!query.cursor} />;
}

const sentences = {
  draft: "Nobody sees a draft. It can be edited, tried on real subscribers and thrown away.",
  publishing: "Stripe is being told. It goes on by itself, also when you leave this page.",
  published: "It never changes. Whoever chooses the plan gets its newest published version.",
  retired: "Nobody can choose it any more. Its subscribers stay and pay as before.",
} as const;

/** Why a draft cannot be published yet. */
function Problems({ of: { problems, status } }: { of: VersionDetail }) {
  if (status !== "draft" || problems.length === 0) return null;
  return (
    <Card title="Before it can be published">
      <ul className="grid list-disc gap-1.5 ps-4">
        {problems.map(({ field, message }) => (
          <li key={field + message}>{message}</li>
        ))}
      </ul>
    </Card>
  );
}
