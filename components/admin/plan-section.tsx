import { PlanPrices } from "#components/admin/plan-prices";
import { PlanVersionFacts } from "#components/admin/plan-version-facts";
import { PublishButton } from "#components/admin/publish-button";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Status } from "#components/ui/status";
import { isFree } from "#lib/catalog/plan";
import type { AdminPlan, AdminPlanVersion } from "#lib/overview/list-plans";

/** A plan with its versions, the newest open and the others folded. */
export function PlanSection({ plan, mayPublish }: { plan: AdminPlan; mayPublish: boolean }) {
  const [newest, ...older] = plan.versions;
  return (
    <div id={plan.key} className="scroll-mt-16">
      <Card
        title={plan.name}
        note={plan.description}
        action={
          <TextLink href={`/admin/tenants?plan=${encodeURIComponent(plan.key)}`}>Tenants</TextLink>
        }
        flush
      >
        {newest ? (
          <div className="border-t border-separator">
            <VersionTitle version={newest}>
              {mayPublish && newest.status === "draft" && (
                <PublishButton
                  versionId={newest.versionId}
                  plan={plan.name}
                  number={newest.number}
                />
              )}
            </VersionTitle>
            <Version version={newest} />
          </div>
        ) : (
          <p className="px-4 pb-4 text-muted">No version yet.</p>
        )}
        {older.map((version) => (
          <details key={version.versionId} className="group border-t border-separator">
            <summary className="cursor-pointer list-none -outline-offset-2 hover:bg-default/40">
              <VersionTitle version={version}>
                <span className="text-xs font-medium text-link">
                  <span className="group-open:hidden">Show</span>
                  <span className="hidden group-open:inline">Hide</span>
                </span>
              </VersionTitle>
            </summary>
            <Version version={version} />
          </details>
        ))}
      </Card>
    </div>
  );
}

function VersionTitle(props: { version: AdminPlanVersion; children?: React.ReactNode }) {
  const { version, children } = props;
  const { number, status, subscribers } = version;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
      <h3 className="font-medium">Version {number}</h3>
      <Status of={status} />
      <span className="text-xs text-muted">{subscribersOf(version, subscribers)}</span>
      {children && <span className="ms-auto">{children}</span>}
    </div>
  );
}

function subscribersOf(version: AdminPlanVersion, count: number): string {
  if (isFree(version)) return "every tenant without a subscription";
  return count === 1 ? "1 subscriber" : `${count.toLocaleString("en")} subscribers`;
}

function Version({ version }: { version: AdminPlanVersion }) {
  return (
    <div className="grid gap-4 pb-4">
      <PlanPrices components={version.components} />
      <PlanVersionFacts version={version} />
    </div>
  );
}
