import { getTranslations } from "next-intl/server";
import { Messages } from "#components/messages";
import { InvitationTable } from "#components/team/invitation-table";
import { InviteDialog } from "#components/team/invite-dialog";
import { MemberTable } from "#components/team/member-table";
import { situationOf } from "#components/team/seat-situation";
import { Seats } from "#components/team/seats";
import { Page, PageHeader } from "#components/ui/page-header";
import { getSeats } from "#lib/seats/get-seats";
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
  const [t, seatWords, members, invitations, mine, seats] = await Promise.all([
    getTranslations("tenant.team"),
    getTranslations("seats"),
    listMembers(ctx),
    listInvitations(ctx),
    listMyTenants(await requirePerson()),
    getSeats(ctx),
  ]);
  const workspace = mine.find((tenant) => tenant.slug === slug)?.name ?? slug;
  const mayInvite = mayInTenant(role, "members:invite");
  const mayOwners = mayInTenant(role, "owners:update");
  const situation = seats && situationOf(ctx, seats);
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
              seatNote={seats ? seatWords("invite.left", { left: seats.left }) : undefined}
              isOpenFirst={(await searchParams).invite !== undefined}
            />
          )
        }
      />
      <Messages areas={["common", "tenant", "seats"]}>
        {seats && <Seats slug={slug} seats={seats} mayBuy={mayInTenant(role, "billing:update")} />}
        <MemberTable ctx={ctx} workspace={workspace} members={members} seats={situation} />
        {(mayInvite || invitations.length > 0) && (
          <InvitationTable ctx={ctx} invitations={invitations} seats={situation} />
        )}
      </Messages>
    </Page>
  );
}
