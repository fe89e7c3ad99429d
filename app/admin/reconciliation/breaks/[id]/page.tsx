import { forPage } from "#components/admin/list-query";
import { BreakView } from "#components/reconciliation/break-view";
import { getBreak } from "#lib/reconciliation/list-breaks";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Break" };

export default async function BreakPage(props: PageProps<"/admin/reconciliation/breaks/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const found = await forPage(getBreak(ctx, id), "/admin/reconciliation/breaks");
  const mayResolve = mayOnPlatform(ctx.platformRole, "reconciliation:resolve");
  return <BreakView found={found} mayResolve={mayResolve} />;
}
