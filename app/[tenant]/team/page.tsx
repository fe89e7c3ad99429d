import { getTranslations } from "next-intl/server";
import { readBilling } from "#components/billing/read-billing";
import { InvitationTable } from "#components/team/invitation-table";
import { InviteDialog } from "#components/team/invite-dialog";
import { MemberTable } from "#components/team/member-table";
import { Seats } from "#components/team/seats";
import { Page, PageHeader } from "#components/ui/page-header";
import { listInvitations } from "#lib/tenancy/list-invitations";
import { listMembers } from "#lib/tenancy/list-members";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { mayInTenant, tenantRoles } from "#lib/tenancy/permissions";
import { requirePerson, requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  const t = await getTranslations("tenant.team");
  return { title: t("title") };
}

export default async function TeamPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const { tenantSlug: slug, role } = ctx;
  const [t, members, invitations, mine, billing] = await Promise.all([
    getTranslations("tenant.team"),
    listMembers(ctx),
    listInvitations(ctx),
    listMyTenants(await requirePerson()),
    mayInTenant(role, "billing:read") ? readBilling(ctx) : null,
  ]);
  const workspace = mine.find((tenant) => tenant.slug === slug)?.name ?? slug;
  const mayInvite = mayInTenant(role, "members:invite");
  const mayOwners = mayInTenant(role, "owners:update");
  return (
    <Page>
      <PageHeader
        title={t("title")}
        sentence={t("sentence", { count: members.length, name: workspace })}
        actions={
          mayInvite && (
            <InviteDialog
              slug={slug}
              workspace={workspace}
              roles={tenantRoles.filter((one) => one !== "owner" || mayOwners)}
              isOpenFirst={(await searchParams).invite !== undefined}
            />
          )
        }
      />
      {billing?.seats && <Seats people={members.length} seats={billing.seats} />}
      <MemberTable ctx={ctx} workspace={workspace} members={members} />
      {(mayInvite || invitations.length > 0) && (
        <InvitationTable ctx={ctx} invitations={invitations} />
      )}
    </Page>
  );
}
