import {
  Activity,
  Armchair,
  ArrowDownToLine,
  ArrowLeftRight,
  BellRing,
  BookOpen,
  Building2,
  ChartPie,
  CircleDollarSign,
  CreditCard,
  FileText,
  Gauge,
  Landmark,
  LayoutGrid,
  ListTodo,
  type LucideIcon,
  Percent,
  Route,
  Ruler,
  Scale,
  ScrollText,
  Send,
  ShieldAlert,
  ShieldCheck,
  TicketPercent,
  Waypoints,
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
      {
        href: "/admin/attention",
        label: "Needs attention",
        Icon: ListTodo,
        permission: "tenants:read",
      },
      { href: "/admin/tenants", label: "Tenants", Icon: Building2, permission: "tenants:read" },
    ],
  },
  {
    title: "Money",
    entries: [
      { href: "/admin/invoices", label: "Invoices", Icon: FileText, permission: "invoices:read" },
      {
        href: "/admin/payouts",
        label: "Payouts",
        Icon: ArrowDownToLine,
        permission: "payouts:read",
      },
      {
        href: "/admin/transfers",
        label: "Transfers and fees",
        Icon: ArrowLeftRight,
        permission: "payouts:read",
      },
      {
        href: "/admin/disputes",
        label: "Disputes",
        Icon: ShieldAlert,
        permission: "tenants:read",
      },
      {
        href: "/admin/payment-methods",
        label: "Payment methods",
        Icon: CreditCard,
        permission: "invoices:read",
      },
      { href: "/admin/tax", label: "Tax", Icon: Landmark, permission: "invoices:read" },
    ],
  },
  {
    title: "Books",
    entries: [
      { href: "/admin/ledger", label: "Ledger", Icon: BookOpen, permission: "ledger:read" },
      {
        href: "/admin/reconciliation",
        label: "Reconciliation",
        Icon: ArrowLeftRight,
        permission: "reconciliation:read",
      },
      { href: "/admin/margin", label: "Margin", Icon: ChartPie, permission: "ledger:read" },
      { href: "/admin/trace", label: "Trace", Icon: Waypoints, permission: "ledger:read" },
      { href: "/admin/rater", label: "Invoice checks", Icon: Scale, permission: "rater:read" },
    ],
  },
  {
    title: "Catalogue",
    entries: [
      { href: "/admin/plans", label: "Plans", Icon: CircleDollarSign, permission: "plans:read" },
      { href: "/admin/meters", label: "Meters", Icon: Ruler, permission: "plans:read" },
      { href: "/admin/migrations", label: "Migrations", Icon: Route, permission: "plans:read" },
      { href: "/admin/coupons", label: "Coupons", Icon: TicketPercent, permission: "coupons:read" },
    ],
  },
  {
    title: "Rules",
    entries: [
      {
        href: "/admin/connect",
        label: "Payouts and requirements",
        Icon: ShieldCheck,
        permission: "tenants:read",
      },
      { href: "/admin/fees", label: "Fees", Icon: Percent, permission: "fees:read" },
      { href: "/admin/seats", label: "Seats and grace", Icon: Armchair, permission: "plans:read" },
    ],
  },
  {
    title: "Operations",
    entries: [
      { href: "/admin/alerts", label: "Alerts", Icon: BellRing, permission: "alerts:read" },
      { href: "/admin/events", label: "Events", Icon: Webhook, permission: "events:read" },
      { href: "/admin/webhooks", label: "Webhooks", Icon: Send, permission: "webhooks:read" },
      { href: "/admin/usage", label: "Usage", Icon: Gauge, permission: "rater:read" },
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
