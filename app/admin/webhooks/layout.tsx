import type { Metadata } from "next";
import { NoAccess } from "#components/admin/no-access";
import { Messages } from "#components/messages";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Webhooks" };

/** Tells whose role does not include these pages who may; every read below asks for itself. */
export default async function WebhooksLayout({ children }: { children: React.ReactNode }) {
  const { platformRole } = await requireAdmin();
  if (!mayOnPlatform(platformRole, "webhooks:read")) {
    return <NoAccess title="Webhooks" permission="webhooks:read" />;
  }
  return <Messages areas={["common", "developers"]}>{children}</Messages>;
}
