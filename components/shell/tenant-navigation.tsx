import {
  FileText,
  Gauge,
  LayoutGrid,
  type LucideIcon,
  ScrollText,
  Settings,
  Users,
  WalletCards,
  Webhook,
} from "lucide-react";
import { mayInTenant, type TenantPermission, type TenantRole } from "#lib/tenancy/permissions";

type Entry = {
  readonly path: "" | `/${string}`;
  readonly key:
    | "overview"
    | "billing"
    | "usage"
    | "invoices"
    | "team"
    | "audit"
    | "developers"
    | "settings";
  readonly Icon: LucideIcon;
  /** Hidden from roles that may not. The page refuses them too. */
  readonly permission: TenantPermission;
};

type Group = { readonly key?: "plan" | "workspace"; readonly entries: readonly Entry[] };

/** Every page of a tenant, in the order of the sidebar and of ⌘K. */
const groups: readonly Group[] = [
  { entries: [{ path: "", key: "overview", Icon: LayoutGrid, permission: "tenant:read" }] },
  {
    key: "plan",
    entries: [
      { path: "/billing", key: "billing", Icon: WalletCards, permission: "billing:read" },
      { path: "/billing/usage", key: "usage", Icon: Gauge, permission: "usage:read" },
      { path: "/invoices", key: "invoices", Icon: FileText, permission: "billing:read" },
    ],
  },
  {
    key: "workspace",
    entries: [
      { path: "/team", key: "team", Icon: Users, permission: "members:read" },
      { path: "/audit", key: "audit", Icon: ScrollText, permission: "audit:read" },
      { path: "/developers", key: "developers", Icon: Webhook, permission: "developers:read" },
      { path: "/settings", key: "settings", Icon: Settings, permission: "tenant:read" },
    ],
  },
];

/** What this role sees of it. */
export function tenantNavigation(role: TenantRole): readonly Group[] {
  return groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ permission }) => mayInTenant(role, permission)),
    }))
    .filter(({ entries }) => entries.length > 0);
}
