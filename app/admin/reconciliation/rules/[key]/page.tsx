import { Count } from "#components/admin/count";
import { forPage } from "#components/admin/list-query";
import { ruleChoices } from "#components/reconciliation/rule-choices";
import { RuleForm } from "#components/reconciliation/rule-form";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { listVersions, type RuleVersion } from "#lib/reconciliation/list-runs";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Rule" };

const back = "/admin/reconciliation/runs";

export default async function RulePage(props: PageProps<"/admin/reconciliation/rules/[key]">) {
  const ctx = await requireAdmin();
  const { key } = await props.params;
  const versions = await forPage(listVersions(ctx, key), back);
  const newest = versions[0]!;
  return (
    <Page>
      <PageHeader
        title={newest.title}
        sentence={newest.reason}
        actions={
          <LinkButton href={back} variant="secondary" size="sm">
            Runs and rules
          </LinkButton>
        }
      />
      <Card title="Versions" note="none ever changes; a break names the one that decided" flush>
        <DataTable
          caption="Versions"
          columns={columns}
          rows={versions}
          rowKey={({ version }) => String(version)}
          empty={null}
        />
      </Card>
      {mayOnPlatform(ctx.platformRole, "reconciliation:resolve") && (
        <Card title="Next version" className="max-w-3xl">
          <RuleForm rule={newest} choices={ruleChoices} />
        </Card>
      )}
    </Page>
  );
}

const columns: Column<RuleVersion>[] = [
  { header: "Version", cell: ({ version }) => version },
  {
    header: "What it does",
    cell: ({ act, reason }) => (
      <span className="grid max-w-xl min-w-0 text-start">
        <span>
          {act.act === "refetch"
            ? "Asks Stripe again"
            : `Lets it be for ${act.minutes.toLocaleString("en-US")} minutes`}
        </span>
        <span className="text-xs text-muted">{reason}</span>
      </span>
    ),
  },
  { header: "About", cell: ({ conditions }) => <About conditions={conditions} /> },
  {
    header: "State",
    cell: ({ isActive }) => <Status of={isActive ? "active" : "switched off"} />,
  },
  { header: "Decided", cell: ({ decided }) => <Count of={decided} one="break" />, align: "end" },
  { header: "By", cell: ({ by }) => by },
  { header: "When", cell: ({ createdAt }) => <Moment at={createdAt} />, align: "end" },
];

function About({ conditions }: Pick<RuleVersion, "conditions">) {
  const said = Object.entries(conditions).filter(([, value]) => value !== undefined);
  if (said.length === 0) return <>every break</>;
  return (
    <span className="grid max-w-72 min-w-0 text-start text-xs">
      {said.map(([name, value]) => (
        <span key={name} className="break-words">
          {name}: {Array.isArray(value) ? value.join(", ").replaceAll("_", " ") : value}
        </span>
      ))}
    </span>
  );
}
