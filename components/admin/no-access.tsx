import { Lock } from "lucide-react";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { type PlatformPermission, platformPermissions } from "#lib/tenancy/permissions";

/** The page of someone whose role does not reach it: who may, and whom to ask. */
export function NoAccess(props: { title: string; permission: PlatformPermission }) {
  const able = platformPermissions[props.permission].map((role) => role.replace("_", "-"));
  return (
    <Page>
      <PageHeader title={props.title} />
      <Card>
        <EmptyState icon={<Lock />} title="Your role does not include this page">
          It is for {able.join(" and ")}. One of the platform's admins can change your role.
        </EmptyState>
      </Card>
    </Page>
  );
}
