import { useTranslations } from "next-intl";
import { InvitationActions } from "#components/team/invitation-actions";
import { SeatActions } from "#components/team/seat-actions";
import type { SeatSituation } from "#components/team/seat-situation";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { TenantContext } from "#lib/tenancy/context";
import type { InvitationRow } from "#lib/tenancy/list-invitations";
import { mayInTenant } from "#lib/tenancy/permissions";

type Props = {
  ctx: Pick<TenantContext, "role" | "tenantSlug">;
  invitations: readonly InvitationRow[];
  /** Null where the plan is not sold by seats. */
  seats: SeatSituation | null;
};

/** Who was asked and has not answered, and until when the link works. */
export function InvitationTable(props: Props) {
  const t = useTranslations("tenant.team");
  return (
    <Card title={t("invitations")} flush>
      <DataTable
        caption={t("invitations")}
        columns={useColumns(props)}
        rows={props.invitations}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("noInvitations")}>{t("noInvitationsBody")}</EmptyState>}
      />
    </Card>
  );
}

function useColumns({ ctx, seats }: Props): Column<InvitationRow>[] {
  const t = useTranslations("tenant");
  const seatWords = useTranslations("seats.table");
  const mayInvite = mayInTenant(ctx.role, "members:invite");
  const mayOwners = mayInTenant(ctx.role, "owners:update");
  const actions: Column<InvitationRow> = {
    header: t("team.actions"),
    align: "end",
    cell: ({ id, email, role, isExpired }) => (
      <div className="flex flex-wrap justify-end gap-1">
        {seats?.mayAssign && (!isExpired || seats.seatOf[id]) && (
          <SeatActions
            slug={ctx.tenantSlug}
            name={email}
            holder={{ invitationId: id }}
            assignmentId={seats.seatOf[id]}
            situation={seats}
          />
        )}
        <InvitationActions
          slug={ctx.tenantSlug}
          id={id}
          email={email}
          mayResend={role !== "owner" || mayOwners}
        />
      </div>
    ),
  };
  return [
    {
      header: t("team.person"),
      cell: ({ email, inviterName }) => (
        <span className="block min-w-0">
          <span className="block font-medium break-all">{email}</span>
          <span className="block text-xs text-muted">{t("team.by", { name: inviterName })}</span>
        </span>
      ),
    },
    { header: t("team.role"), cell: ({ role }) => t(`roles.${role}`) },
    ...(seats
      ? [
          {
            header: seatWords("header"),
            cell: ({ id }: InvitationRow) =>
              seats.seatOf[id] ? (
                <Status of="seat" tone="waiting">
                  {seatWords("kept")}
                </Status>
              ) : (
                <Status of="none">{seatWords("none")}</Status>
              ),
          },
        ]
      : []),
    { header: t("team.invited"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      header: t("team.expires"),
      cell: ({ expiresAt, isExpired }) =>
        isExpired ? (
          <Status of="expired">{t("team.expired")}</Status>
        ) : (
          <Moment at={expiresAt} as="date" />
        ),
    },
    ...(mayInvite ? [actions] : []),
  ];
}
