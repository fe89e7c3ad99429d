"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { RoleDialog } from "#components/team/role-dialog";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { MemberRow } from "#lib/tenancy/list-members";
import type { TenantRole } from "#lib/tenancy/permissions";

type Props = {
  slug: string;
  workspace: string;
  member: MemberRow;
  /** The roles the viewer may give this member; none where theirs is not to change. */
  roles: readonly TenantRole[];
  mayRemove: boolean;
  /** The one owner: nobody can take the workspace's last owner away, themselves included. */
  isLastOwner: boolean;
};

/** What the viewer may do about a member: change the role, remove, or leave. */
export function MemberActions(props: Props) {
  const { slug, member, roles, mayRemove, isLastOwner } = props;
  const t = useTranslations("tenant.team");
  if (isLastOwner) {
    return <span className="self-center px-2 text-xs text-muted">{t("lastOwner")}</span>;
  }
  return (
    <>
      {roles.length > 0 && <RoleDialog slug={slug} member={member} roles={roles} />}
      {member.isYou ? <Leave {...props} /> : mayRemove && <Remove {...props} />}
    </>
  );
}

function Remove({ slug, member: { id, name, email } }: Props) {
  const t = useTranslations("tenant.team");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("remove")}
      triggerVariant="ghost"
      triggerLabel={t("removeOf", { name })}
      title={t("removeTitle", { name })}
      effect={<p>{t("removeEffect", { name, email })}</p>}
      confirm={t("removeConfirm")}
      isDangerous
      path={`/api/v1/tenants/${slug}/members/${id}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}

function Leave({ slug, workspace }: Props) {
  const t = useTranslations("tenant.team");
  return (
    <ConfirmDialog
      trigger={t("leave")}
      triggerVariant="ghost"
      triggerLabel={t("leaveOf")}
      title={t("leaveTitle", { name: workspace })}
      effect={<p>{t("leaveEffect")}</p>}
      confirm={t("leaveConfirm")}
      isDangerous
      path={`/api/v1/tenants/${slug}/membership`}
      method="DELETE"
      // A whole load, because nothing of this workspace may stay on the screen.
      onDone={() => window.location.assign("/api/v1/session/home")}
    />
  );
}
