import { redirect } from "next/navigation";
import { forPage } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { BackTest } from "#components/plans/back-test";
import { DraftEditor } from "#components/plans/draft-editor";
import { LinkButton } from "#components/ui/link-button";
import { PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { getVersion } from "#lib/catalog/get-version";
import { listMeters } from "#lib/overview/list-meters";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Edit a draft" };

export default async function EditDraftPage(props: PageProps<"/admin/plans/versions/[id]/edit">) {
  const ctx = await requireAdmin();
  const { id: versionId } = await props.params;
  const version = await forPage(getVersion(ctx, { versionId }), "/admin/plans");
  const { plan, number, status, draft } = version;
  if (status !== "draft") redirect(`/admin/plans/versions/${versionId}`);
  if (!mayOnPlatform(ctx.platformRole, "plans:update")) {
    return <NoAccess title={`Version ${number} of ${plan.name}`} permission="plans:update" />;
  }
  const meters = await listMeters(ctx);
  return (
    <div className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-5">
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {plan.name}, version {number} <Status of={status} />
          </span>
        }
        sentence="Nobody sees a draft. Amounts are typed in whole units: 0.0005 is a twentieth of a cent."
        actions={
          <>
            <LinkButton href={`/admin/plans/${plan.key}`} variant="secondary" size="sm">
              All versions
            </LinkButton>
            <LinkButton href="/admin/meters" variant="secondary" size="sm">
              Meters
            </LinkButton>
          </>
        }
      />
      <DraftEditor
        // Another revision is another page: fields never mix two people's figures.
        key={versionId}
        versionId={versionId}
        draft={draft}
        about={{ kind: plan.kind, meterKeys: meters.map(({ key }) => key) }}
        plan={{ key: plan.key, name: plan.name }}
        number={number}
        meters={meters}
        mayPublish={mayOnPlatform(ctx.platformRole, "plans:publish")}
      />
      <BackTest versionId={versionId} />
    </div>
  );
}
