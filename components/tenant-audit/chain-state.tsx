import { getTranslations } from "next-intl/server";
import { Banner } from "#components/ui/banner";
import { Explain } from "#components/ui/explain";
import { Status } from "#components/ui/status";
import type { TenantContext } from "#lib/tenancy/context";
import { verifyAuditChain } from "#lib/tenancy/verify-audit-chain";

/** Whether the log is whole, computed anew for this very view. */
export async function ChainState({ ctx }: { ctx: TenantContext }) {
  const t = await getTranslations("tenant.audit");
  const { entries, brokenAt, reason } = await verifyAuditChain(ctx);
  if (brokenAt !== null) {
    const title = t("brokenText", { at: brokenAt.toString(), reason: reason ?? "" });
    return (
      <Banner kind="danger" title={title}>
        {t("brokenBody")}
      </Banner>
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-2 text-muted">
      <Status of="verified">{t("verified")}</Status>
      {t("verifiedText", { entries: Number(entries) })}
      <Explain label={t("verifiedWhy")} title={t("verifiedWhy")}>
        {t("verifiedExplain")}
      </Explain>
    </p>
  );
}
