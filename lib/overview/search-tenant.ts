import { toInvoice } from "#lib/billing/invoice";
import { view } from "#lib/db/transaction";
import { formatMoney } from "#lib/money/format-money";
import { type Found, findPages, type SearchResult } from "#lib/overview/search";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, requirePermission, type TenantPermission } from "#lib/tenancy/permissions";

type Place = Found & { words?: string; permission: TenantPermission };

/** Finds pages, colleagues and invoices of one workspace, as far as the role sees them. */
export async function searchTenant(ctx: TenantContext, q: string): Promise<SearchResult> {
  requirePermission(ctx, "tenant:read");
  const pages = findPages(placesOf(ctx), q);
  if (q.length < 2) return { items: pages };

  const text = { contains: q, mode: "insensitive" } as const;
  return view(ctx, async (tx) => {
    const members = await tx.member.findMany({
      where: { tenantId: ctx.tenantId, user: { OR: [{ name: text }, { email: text }] } },
      include: { user: true },
      take: 5,
    });
    const invoices = mayInTenant(ctx.role, "billing:read")
      ? await tx.invoice.findMany({
          where: { tenantId: ctx.tenantId, OR: [{ number: text }, { id: q }] },
          orderBy: { createdAt: "desc" },
          take: 5,
          omit: { object: true },
        })
      : [];
    const people = members.map(({ user, role }): Found => {
      const detail = `${user.email} · ${role}`;
      return { kind: "member", label: user.name, detail, href: `/${ctx.tenantSlug}/team` };
    });
    const bills = invoices.map(toInvoice).map((invoice): Found => {
      const detail = `${formatMoney(invoice.total)} · ${invoice.status}`;
      const href = `/${ctx.tenantSlug}/invoices/${invoice.id}`;
      return { kind: "invoice", label: invoice.number ?? "Draft invoice", detail, href };
    });
    return { items: [...pages, ...people, ...bills] };
  });
}

function placesOf({ tenantSlug, role }: TenantContext): Found[] {
  const at = (path: string) => `/${tenantSlug}${path}`;
  const places: Omit<Place, "kind">[] = [
    { label: "Overview", detail: "What needs you", href: at(""), permission: "tenant:read" },
    {
      label: "Billing",
      detail: "Plan, seats, next invoice",
      href: at("/billing"),
      permission: "billing:read",
      words: "plan upgrade subscription seats",
    },
    { label: "Invoices", detail: "Every bill", href: at("/invoices"), permission: "billing:read" },
    {
      label: "Team",
      detail: "Members and invitations",
      href: at("/team"),
      permission: "members:read",
      words: "people invite roles",
    },
    {
      label: "Audit log",
      detail: "Who did what",
      href: at("/audit"),
      permission: "audit:read",
      words: "history",
    },
    {
      label: "Developers",
      detail: "Webhook endpoints, deliveries, events",
      href: at("/developers"),
      permission: "developers:read",
      words: "webhooks api events deliveries signing secret",
    },
    {
      label: "Settings",
      detail: "Name and address",
      href: at("/settings"),
      permission: "tenant:update",
    },
  ];
  return places
    .filter(({ permission }) => mayInTenant(role, permission))
    .map(({ permission: _, ...place }) => ({ kind: "page", ...place }));
}
