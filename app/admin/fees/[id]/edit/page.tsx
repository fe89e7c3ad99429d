import { forPage } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { PolicyForm } from "#components/selling/policy-form";
import { Page, PageHeader } from "#components/ui/page-header";
import { getPolicy } from "#lib/selling/list-policies";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Change a draft" };

export default async function EditPolicyPage(props: PageProps<"/admin/fees/[id]/edit">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  if (!mayOnPlatform(ctx.platformRole, "fees:update")) {
    return <NoAccess title="Change a draft" permission="fees:update" />;
  }
  const policy = await forPage(getPolicy(ctx, { policyId: id }), "/admin/fees");
  const { name, rules, returnsFee, revision } = policy;
  return (
    <Page>
      <PageHeader title={name} sentence="Nothing is taken by it before it is published." />
      <PolicyForm {...{ id, name, rules, returnsFee, revision }} />
    </Page>
  );
}
