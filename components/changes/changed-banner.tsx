import { getTranslations } from "next-intl/server";
import { Banner } from "#components/ui/banner";
import { getChange } from "#lib/billing/list-changes";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

/** What became of the change one has just confirmed. */
export async function ChangedBanner({ ctx, id }: { ctx: TenantContext; id: string }) {
  const change = await getChange(ctx, id).catch(orNone);
  if (!change) return null;
  const t = await getTranslations("changes.state");
  if (change.status === "failed") {
    return (
      <Banner kind="danger" title={t("failed")}>
        {change.error}
      </Banner>
    );
  }
  if (change.status !== "applied") return null;
  return <Banner title={t("done")}>{t("doneBody")}</Banner>;
}

function orNone(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
