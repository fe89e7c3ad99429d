import { view } from "#lib/db/transaction";
import { type Found, findPages, type SearchResult } from "#lib/overview/search";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const places: (Found & { words?: string })[] = [
  { kind: "page", label: "Overview", detail: "The platform at a glance", href: "/admin" },
  { kind: "page", label: "Tenants", detail: "Every workspace", href: "/admin/tenants" },
  {
    kind: "page",
    label: "Plans",
    detail: "Versions and prices",
    href: "/admin/plans",
    words: "add-ons catalogue",
  },
  {
    kind: "page",
    label: "Migrations",
    detail: "Subscribers on their way to another version",
    href: "/admin/migrations",
    words: "dry run versions roll back",
  },
  {
    kind: "page",
    label: "Coupons",
    detail: "Discounts and promotion codes",
    href: "/admin/coupons",
    words: "vouchers",
  },
  {
    kind: "page",
    label: "Events",
    detail: "The inbox from Stripe",
    href: "/admin/events",
    words: "webhooks inbox lag replay",
  },
  {
    kind: "page",
    label: "Dead letters",
    detail: "Events that failed",
    href: "/admin/events/dead",
    words: "errors replay discard",
  },
  {
    kind: "page",
    label: "Runs",
    detail: "Acts on many events",
    href: "/admin/events/runs",
    words: "bulk",
  },
  {
    kind: "page",
    label: "Drift",
    detail: "Mirrors that differ from Stripe",
    href: "/admin/events/drift",
    words: "repair",
  },
  {
    kind: "page",
    label: "Backfills",
    detail: "Events that never came",
    href: "/admin/events/backfills",
    words: "missing outage",
  },
  {
    kind: "page",
    label: "Resync",
    detail: "Compare with Stripe",
    href: "/admin/events/resync",
    words: "refetch mirror",
  },
  {
    kind: "page",
    label: "Breakers",
    detail: "Requests held back",
    href: "/admin/events/breakers",
    words: "circuit rate limit",
  },
  { kind: "page", label: "Audit log", detail: "Who did what", href: "/admin/audit" },
  { kind: "page", label: "System", detail: "Health, workers, jobs", href: "/admin/system" },
];

/** Finds pages, tenants, invoices, events and plans across the platform. */
export async function searchPlatform(ctx: PlatformContext, q: string): Promise<SearchResult> {
  requirePlatform(ctx, "platform:read");
  const pages = findPages(places, q);
  if (q.length < 2) return { items: pages };

  const text = { contains: q, mode: "insensitive" } as const;
  return view(ctx, async (tx) => {
    const tenants = await tx.tenant.findMany({
      where: { OR: [{ name: text }, { slug: text }, { id: q }, { stripeAccountId: q }] },
      take: 6,
    });
    const invoices = await tx.invoice.findMany({
      where: { OR: [{ number: text }, { id: q }] },
      include: { tenant: true },
      omit: { object: true },
      take: 5,
    });
    const subscriptions = await tx.subscription.findMany({
      where: { id: q },
      include: { tenant: true },
      omit: { object: true },
    });
    const events = await tx.inboxEvent.findMany({
      where: { OR: [{ id: q }, { objectId: q }] },
      orderBy: { receivedAt: "desc" },
      omit: { body: true },
      take: 5,
    });
    const plans = await tx.plan.findMany({ where: { OR: [{ name: text }, { key: text }] } });

    const found: Found[] = [
      ...tenants.map(({ id, name, slug }) => one("tenant", name, slug, `/admin/tenants/${id}`)),
      ...invoices.map(({ id, number, tenant }) =>
        one("invoice", number ?? id, tenant.name, `/admin/tenants/${tenant.id}`),
      ),
      ...subscriptions.map(({ id, tenant }) =>
        one("subscription", id, tenant.name, `/admin/tenants/${tenant.id}`),
      ),
      ...events.map(({ id, type, status }) =>
        one("event", type, `${id} · ${status}`, `/admin/events/${id}`),
      ),
      ...plans.map(({ key, name, description }) =>
        one("plan", name, description, `/admin/plans/${key}`),
      ),
    ];
    return { items: [...pages, ...found] };
  });
}

function one(kind: Found["kind"], label: string, detail: string, href: string): Found {
  return { kind, label, detail, href };
}
