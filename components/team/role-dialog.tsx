"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Select } from "#components/ui/select";
import type { MemberRow } from "#lib/tenancy/list-members";
import type { TenantRole } from "#lib/tenancy/permissions";

type Props = { slug: string; member: MemberRow; roles: readonly TenantRole[] };

/** Another role for a member, with what it means in view before it is given. */
export function RoleDialog({ slug, member, roles }: Props) {
  const t = useTranslations("tenant");
  const router = useRouter();
  const [role, setRole] = useState(member.role);
  const { name } = member;
  return (
    <ConfirmDialog
      trigger={t("team.change")}
      triggerVariant="ghost"
      triggerLabel={t("team.changeOf", { name })}
      title={t("team.changeTitle", { name })}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <Select
            name="role"
            label={t("team.changeLabel")}
            value={role}
            onChange={(value) => setRole(value as TenantRole)}
            options={roles.map((one) => ({ value: one, label: t(`roles.${one}`) }))}
            description={t(`roleMeans.${role}`)}
          />
          <p>{member.isYou ? t("team.changeOwn") : t("team.changeEffect", { name })}</p>
        </div>
      }
      confirm={t("team.changeConfirm")}
      path={`/api/v1/tenants/${slug}/members/${member.id}`}
      method="PATCH"
      body={{ role }}
      onDone={() => router.refresh()}
    />
  );
}
