import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Page, PageHeader } from "#components/ui/page-header";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, type TenantPermission } from "#lib/tenancy/permissions";

type Props = {
  ctx: TenantContext;
  title: string;
  sentence: string;
  permission?: TenantPermission;
  children: React.ReactNode;
};

/** The frame of a page that changes a plan: where one came from, and who may. */
export async function ChangePage(props: Props) {
  const { ctx, title, sentence, permission = "billing:update", children } = props;
  const t = await getTranslations("changes");
  if (!mayInTenant(ctx.role, permission)) {
    return <NoAccess title={title} ctx={ctx} what="billing" permission={permission} />;
  }
  return (
    <Page>
      <div className="grid gap-2">
        <Link
          href={`/${ctx.tenantSlug}/billing`}
          className="inline-flex w-fit items-center gap-1 rounded-xs text-muted hover:text-foreground"
        >
          <ChevronLeft aria-hidden className="size-3.5" />
          {t("back")}
        </Link>
        <PageHeader title={title} sentence={sentence} />
      </div>
      <Messages areas={["common", "changes", "tenant", "marketing"]}>{children}</Messages>
    </Page>
  );
}
