import { NoAccess } from "#components/admin/no-access";
import { ruleChoices } from "#components/reconciliation/rule-choices";
import { RuleForm } from "#components/reconciliation/rule-form";
import { Card } from "#components/ui/card";
import { Page, PageHeader } from "#components/ui/page-header";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "New rule" };

export default async function NewRulePage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "reconciliation:resolve")) {
    return <NoAccess title="New rule" permission="reconciliation:resolve" />;
  }
  return (
    <Page>
      <PageHeader
        title="New rule"
        sentence="It lets breaks be for a time or asks Stripe again; it never posts or gives money up."
      />
      <Card className="max-w-3xl">
        <RuleForm rule={null} choices={ruleChoices} />
      </Card>
    </Page>
  );
}
