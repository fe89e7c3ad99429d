import { useTranslations } from "next-intl";
import { Initials } from "#components/shell/initials";
import { MemberActions } from "#components/team/member-actions";
import { SeatActions } from "#components/team/seat-actions";
import type { SeatSituation } from "#components/team/seat-situation";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { TenantContext } from "#lib/tenancy/context";
import type { MemberRow } from "#lib/tenancy/list-members";
import { mayInTenant, type TenantRole, tenantRoles } from "#lib/tenancy/permissions";

type Props = {
  ctx: Pick<TenantContext, "role" | "tenantSlug">;
  workspace: string;
  members: readonly MemberRow[];
  /** Null where the plan is not sold by seats. */
  seats: SeatSituation | null;
};

/** Who works here, and what the viewer may do about each. */
export function MemberTable(props: Props) {
  const t = useTranslations("tenant.team");
  return (
    <Card title={t("members")} flush>
      <DataTable
        caption={t("members")}
        columns={useColumns(props)}
        rows={props.members}
        rowKey={({ id }) => id}
        empty={null}
      />
    </Card>
  );
}

function useColumns({ ctx, workspace, members, seats }: Props): Column<MemberRow>[] {
  const t = useTranslations("tenant");
  const seatColumn = useSeatColumn(seats);
  const owners = members.filter(({ role }) => role === "owner").length;
  return [
    { header: t("team.person"), cell: (member) => <Name of={member} /> },
    {
      header: t("team.role"),
      cell: ({ role }) => <span title={t(`roleMeans.${role}`)}>{t(`roles.${role}`)}</span>,
    },
    ...(seatColumn ? [seatColumn] : []),
    { header: t("team.joined"), cell: ({ createdAt }) => <Moment at={createdAt} as="date" /> },
    {
      header: t("team.actions"),
      align: "end",
      cell: (member) => (
        <div className="relative z-1 flex flex-wrap justify-end gap-1">
          {seats?.mayAssign && (
            <SeatActions
              slug={ctx.tenantSlug}
              name={member.name}
              holder={{ memberId: member.id }}
              assignmentId={seats.seatOf[member.id]}
              situation={seats}
            />
          )}
          <MemberActions
            slug={ctx.tenantSlug}
            workspace={workspace}
            member={member}
            roles={givable(ctx.role, member.role)}
            mayRemove={
              mayInTenant(ctx.role, "members:remove") &&
              (member.role !== "owner" || mayInTenant(ctx.role, "owners:update"))
            }
            isLastOwner={member.role === "owner" && owners === 1}
          />
        </div>
      ),
    },
  ];
}

function useSeatColumn(seats: SeatSituation | null): Column<MemberRow> | null {
  const t = useTranslations("seats.table");
  return (
    seats && {
      header: t("header"),
      cell: ({ id }) =>
        seats.seatOf[id] ? (
          <Status of="seat" tone="good">
            {t("has")}
          </Status>
        ) : (
          <Status of="none">{t("none")}</Status>
        ),
    }
  );
}

function Name({ of: { name, email, isYou } }: { of: MemberRow }) {
  const t = useTranslations("tenant.team");
  return (
    <span className="flex items-center gap-2.5">
      <Initials of={name} round />
      <span className="min-w-0">
        <span className="block font-medium">
          {name}
          {isYou && <span className="font-normal text-muted"> ({t("you")})</span>}
        </span>
        <span className="block text-xs break-all text-muted">{email}</span>
      </span>
    </span>
  );
}

/** The roles the viewer may turn a member's role into; only owners touch owners. */
function givable(mine: TenantRole, theirs: TenantRole): TenantRole[] {
  if (!mayInTenant(mine, "members:update")) return [];
  const mayOwners = mayInTenant(mine, "owners:update");
  if (theirs === "owner" && !mayOwners) return [];
  return tenantRoles.filter((role) => role !== "owner" || mayOwners);
}
