import { NoAccess } from "#components/admin/no-access";
import { MigrationForm, type VersionChoice } from "#components/plans/migration-form";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { isFree } from "#lib/catalog/plan";
import { type AdminPlan, listPlans } from "#lib/overview/list-plans";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "New migration" };

export default async function NewMigrationPage(props: PageProps<"/admin/migrations/new">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "plans:migrate")) {
    return <NoAccess title="New migration" permission="plans:migrate" />;
  }
  const { from } = await props.searchParams;
  const versions = (await listPlans(ctx)).flatMap(choicesOf);
  const isPeopled = versions.some(({ subscribers }) => subscribers > 0);
  return (
    <Page>
      <PageHeader
        title="New migration"
        sentence="It begins with a dry run: nobody is moved before you have seen it and started it."
      />
      <Card className="max-w-xl">
        {isPeopled ? (
          <MigrationForm versions={versions} from={typeof from === "string" ? from : undefined} />
        ) : (
          <EmptyState
            title="Nobody has a subscription yet"
            action={<LinkButton href="/admin/plans">See the plans</LinkButton>}
          >
            A version needs subscribers before there is anyone to lead elsewhere.
          </EmptyState>
        )}
      </Card>
    </Page>
  );
}

/** A free plan has no subscription to move from or to. */
function choicesOf({ name, kind, versions }: AdminPlan): VersionChoice[] {
  return versions
    .filter((version) => !isFree(version))
    .map(({ versionId, number, status, subscribers }) => ({
      ...{ id: versionId, kind, subscribers },
      name: `${name}, version ${number}`,
      isPublished: status === "published",
    }));
}
