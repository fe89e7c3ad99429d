import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ChangePage } from "#components/changes/change-page";
import { ChangeTable } from "#components/changes/change-table";
import { changeQuery, listChanges } from "#lib/billing/list-changes";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const query = z.object({ cursor: changeQuery.shape.cursor.catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("changes.history");
  return { title: t("title") };
}

export default async function HistoryPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.history");
  const isAllowed = mayInTenant(ctx.role, "billing:read");
  const page = isAllowed && (await listChanges(ctx, query.parse(await searchParams)));
  return (
    <ChangePage ctx={ctx} title={t("title")} sentence={t("sentence")} permission="billing:read">
      {page && <ChangeTable slug={ctx.tenantSlug} page={page} />}
    </ChangePage>
  );
}
