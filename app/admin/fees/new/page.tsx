import { NoAccess } from "#components/admin/no-access";
import { PolicyForm } from "#components/selling/policy-form";
import { Page, PageHeader } from "#components/ui/page-header";
import { listPolicies } from "#lib/selling/list-policies";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "New fee policy" };

export default async function NewPolicyPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "fees:update")) {
    return <NoAccess title="New fee policy" permission="fees:update" />;
  }
  const inForce = (await listPolicies(ctx)).find((policy) => policy.isInForce);
  return (
    <Page>
      <PageHeader
        title="New fee policy"
        sentence={
          inForce
            ? `It begins as a copy of policy ${inForce.number}, which is in force.`
            : "Nothing is taken by it before it is published."
        }
      />
      <PolicyForm rules={inForce?.rules ?? []} returnsFee={inForce?.returnsFee ?? true} />
    </Page>
  );
}
