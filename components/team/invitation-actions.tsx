"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { slug: string; id: string; email: string; mayResend: boolean };

/** Send an invitation again, or withdraw it. */
export function InvitationActions({ slug, id, email, mayResend }: Props) {
  const t = useTranslations("tenant.team");
  const router = useRouter();
  const path = `/api/v1/tenants/${slug}/invitations/${id}` as const;
  return (
    <>
      {mayResend && (
        <ConfirmDialog
          trigger={t("resend")}
          triggerVariant="ghost"
          triggerLabel={t("resendOf", { email })}
          title={t("resendTitle")}
          effect={<p>{t("resendEffect", { email })}</p>}
          confirm={t("resendConfirm")}
          path={`${path}/resend`}
          onDone={() => router.refresh()}
        />
      )}
      <ConfirmDialog
        trigger={t("revoke")}
        triggerVariant="ghost"
        triggerLabel={t("revokeOf", { email })}
        title={t("revokeTitle")}
        effect={<p>{t("revokeEffect", { email })}</p>}
        confirm={t("revokeConfirm")}
        isDangerous
        path={path}
        method="DELETE"
        onDone={() => router.refresh()}
      />
    </>
  );
}
