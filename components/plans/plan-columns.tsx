import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { isFree } from "#lib/catalog/plan";
import type { AdminPlan, AdminPlanVersion } from "#lib/overview/list-plans";

/** What the list of plans says of each. */
export const planColumns: Column<AdminPlan>[] = [
  {
    header: "Plan",
    cell: ({ name, kind, description }) => (
      <span className="grid text-start">
        <span className="font-medium">{name}</span>
        <span className="line-clamp-1 text-xs font-normal text-muted">
          {kind === "add_on" ? "Add-on. " : ""}
          {description}
        </span>
      </span>
    ),
  },
  { header: "On offer", cell: (plan) => <OnOffer plan={plan} /> },
  { header: "In work", cell: (plan) => <InWork plan={plan} /> },
  { header: "Versions", align: "end", cell: ({ versions }) => versions.length },
  { header: "Subscribers", align: "end", cell: (plan) => sayPlanSubscribers(plan) },
];

function OnOffer({ plan: { versions, retiredAt } }: { plan: AdminPlan }) {
  if (retiredAt) return <Status of="retired" />;
  const current = versions.find(({ status }) => status === "published");
  if (!current) return <Status of="not_offered">not on offer</Status>;
  return <Status of="published">version {current.number}</Status>;
}

/** The drafts and what is on its way to Stripe. */
function InWork({ plan: { versions } }: { plan: AdminPlan }) {
  const open = versions.filter(({ status }) => status === "draft" || status === "publishing");
  if (open.length === 0) return <span className="text-muted">–</span>;
  return (
    <span className="inline-flex flex-wrap gap-1">
      {open.map(({ versionId, number, status }) => (
        <Status key={versionId} of={status}>
          {status === "draft" ? `draft ${number}` : `publishing ${number}`}
        </Status>
      ))}
    </span>
  );
}

function sayPlanSubscribers({ versions }: AdminPlan): string {
  const count = versions.reduce((sum, { subscribers }) => sum + subscribers, 0);
  return count.toLocaleString("en");
}

/** What a plan's page says of each version. */
export const versionColumns: Column<AdminPlanVersion>[] = [
  { header: "Version", cell: ({ number }) => `Version ${number}` },
  { header: "State", cell: ({ status }) => <Status of={status} /> },
  {
    header: "Subscribers",
    align: "end",
    cell: (version) => (
      <span className="tabular-nums">
        {isFree(version) && version.status === "published"
          ? "whoever has no subscription"
          : version.subscribers.toLocaleString("en")}
      </span>
    ),
  },
  {
    header: "Published",
    align: "end",
    cell: ({ publishedAt }) =>
      publishedAt ? <Moment at={publishedAt} /> : <span className="text-muted">not yet</span>,
  },
];
