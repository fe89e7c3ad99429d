import {
  Activity,
  Armchair,
  BellRing,
  Building2,
  CircleDollarSign,
  CreditCard,
  FileText,
  LayoutGrid,
  type LucideIcon,
  Route,
  Scale,
  ScrollText,
  TicketPercent,
  Webhook,
} from "lucide-react";
import {
  mayOnPlatform,
  type PlatformPermission,
  type PlatformRole,
} from "#lib/tenancy/permissions";

type Entry = {
  readonly href: `/admin${string}`;
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly permission: PlatformPermission;
};

type Group = { readonly title?: string; readonly entries: readonly Entry[] };

/** Every page of the console, in the order of the sidebar and of ⌘K. */
const groups: readonly Group[] = [
  {
    entries: [
      { href: "/admin", label: "Overview", Icon: LayoutGrid, permission: "platform:read" },
      { href: "/admin/tenants", label: "Tenants", Icon: Building2, permission: "tenants:read" },
    ],
  },
  {
    title: "Catalogue",
    entries: [
      { href: "/admin/invoices", label: "Invoices", Icon: FileText, permission: "invoices:read" },
      {
        href: "/admin/payment-methods",
        label: "Payment methods",
        Icon: CreditCard,
        permission: "invoices:read",
      },
      { href: "/admin/plans", label: "Plans", Icon: CircleDollarSign, permission: "plans:read" },
      { href: "/admin/migrations", label: "Migrations", Icon: Route, permission: "plans:read" },
      { href: "/admin/coupons", label: "Coupons", Icon: TicketPercent, permission: "coupons:read" },
    ],
  },
  {
    title: "Rules",
    entries: [
      { href: "/admin/seats", label: "Seats and grace", Icon: Armchair, permission: "plans:read" },
    ],
  },
  {
    title: "Trust",
    entries: [
      { href: "/admin/alerts", label: "Alerts", Icon: BellRing, permission: "alerts:read" },
      { href: "/admin/events", label: "Events", Icon: Webhook, permission: "events:read" },
      { href: "/admin/rater", label: "Invoice checks", Icon: Scale, permission: "rater:read" },
      { href: "/admin/audit", label: "Audit", Icon: ScrollText, permission: "audit:read" },
      { href: "/admin/system", label: "System", Icon: Activity, permission: "system:read" },
    ],
  },
];

/** What this role sees of it. */
export function adminNavigation(role: PlatformRole): readonly Group[] {
  return groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ permission }) => mayOnPlatform(role, permission)),
    }))
    .filter(({ entries }) => entries.length > 0);
}
