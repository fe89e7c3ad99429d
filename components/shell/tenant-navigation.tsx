import {
  ArrowDownToLine,
  BookOpen,
  CreditCard,
  FileText,
  Gauge,
  HandCoins,
  LayoutGrid,
  Link2,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldAlert,
  Users,
  UsersRound,
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
    | "payment"
    | "invoices"
    | "payments"
    | "links"
    | "customers"
    | "payouts"
    | "books"
    | "disputes"
    | "team"
    | "audit"
    | "developers"
    | "settings";
  readonly Icon: LucideIcon;
  /** Hidden from roles that may not. The page refuses them too. */
  readonly permission: TenantPermission;
};

type Group = { readonly key?: "money" | "plan" | "workspace"; readonly entries: readonly Entry[] };

/** Every page of a tenant, in the order of the sidebar and of ⌘K. */
const groups: readonly Group[] = [
  { entries: [{ path: "", key: "overview", Icon: LayoutGrid, permission: "tenant:read" }] },
  {
    key: "money",
    entries: [
      { path: "/payments", key: "payments", Icon: HandCoins, permission: "payments:read" },
      { path: "/disputes", key: "disputes", Icon: ShieldAlert, permission: "payments:read" },
      { path: "/links", key: "links", Icon: Link2, permission: "payments:read" },
      { path: "/customers", key: "customers", Icon: UsersRound, permission: "payments:read" },
      { path: "/payouts", key: "payouts", Icon: ArrowDownToLine, permission: "payouts:read" },
      { path: "/books", key: "books", Icon: BookOpen, permission: "books:read" },
    ],
  },
  {
    key: "plan",
    entries: [
      { path: "/billing", key: "billing", Icon: WalletCards, permission: "billing:read" },
      { path: "/billing/usage", key: "usage", Icon: Gauge, permission: "usage:read" },
      {
        path: "/billing/payment",
        key: "payment",
        Icon: CreditCard,
        permission: "billing:read",
      },
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
