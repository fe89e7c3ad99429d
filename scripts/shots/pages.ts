import { adminMoney, tenantMoney } from "#scripts/shots/money-pages";

/**
 * Who looks: nobody signed in, a tenant's owner, one who has chosen nothing yet, one whose checkout
 * is open, one whose payment failed, one who pays by use, a member without a say, or the platform's
 * admin.
 */
export type Viewer =
  | "visitor"
  | "tenant"
  | "newcomer"
  | "undecided"
  | "behind"
  | "metered"
  | "member"
  | "admin";

/** A page to look at. `{tenant}` stands for the demo tenant's slug. */
export type Shot = {
  name: string;
  path: string;
  /** Follow the first link of the page whose address begins so: a row of a list leads to it. */
  follow?: string;
  /** What lies below that row: added to its address. */
  below?: string;
  /** The part of the page to look at by itself: a selector. */
  element?: string;
  /** Keys to press before looking. */
  press?: string;
  /** The status the page answers with, where it is not 200. */
  status?: number;
};

const root = "/{tenant}/developers";
const developers: Shot[] = [
  { name: "developers", path: root },
  { name: "developers-new-endpoint", path: `${root}/endpoints/new` },
  { name: "developers-endpoint", path: root, follow: `${root}/endpoints/whe_` },
  { name: "developers-edit", path: root, follow: `${root}/endpoints/whe_`, below: "/edit" },
  { name: "developers-no-endpoint", path: `${root}/endpoints/none`, status: 404 },
  { name: "developers-keys", path: `${root}/keys` },
  { name: "developers-new-key", path: `${root}/keys/new` },
  { name: "developers-key", path: `${root}/keys`, follow: `${root}/keys/key_` },
  { name: "developers-no-key", path: `${root}/keys/none`, status: 404 },
  { name: "developers-deliveries", path: `${root}/deliveries` },
  { name: "developers-delivery", path: `${root}/deliveries`, follow: `${root}/deliveries/msg_` },
  { name: "developers-events", path: `${root}/events` },
  { name: "developers-event", path: `${root}/events`, follow: `${root}/events/` },
];

const plans: Shot[] = [
  { name: "admin-plans", path: "/admin/plans" },
  { name: "admin-new-plan", path: "/admin/plans/new-plan" },
  { name: "admin-plan", path: "/admin/plans/scale" },
  { name: "admin-no-plan", path: "/admin/plans/none", status: 404 },
  { name: "admin-version", path: "/admin/plans/scale", follow: "/admin/plans/versions/plv_" },
  {
    ...{ name: "admin-draft", path: "/admin/plans/pro" },
    ...{ follow: "/admin/plans/versions/plv_", below: "/edit" },
  },
  { name: "admin-migrations", path: "/admin/migrations" },
  { name: "admin-new-migration", path: "/admin/migrations/new" },
  { name: "admin-coupons", path: "/admin/coupons" },
  { name: "admin-new-coupon", path: "/admin/coupons/new" },
];

/** Every page there is, by who may see it. A page without a row here is never looked at. */
export const pages: Record<Viewer, Shot[]> = {
  visitor: [
    { name: "landing", path: "/" },
    { name: "pricing", path: "/pricing" },
    { name: "reference", path: "/reference" },
    { name: "reference-area", path: "/reference/developers" },
    { name: "reference-console", path: "/reference/console" },
    { name: "reference-errors", path: "/reference/errors" },
    { name: "reference-no-area", path: "/reference/none", status: 404 },
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-up", path: "/sign-up" },
    { name: "sign-up-with-a-plan", path: "/sign-up?plan=pro" },
    { name: "forgot-password", path: "/forgot-password" },
    { name: "reset-password-with-a-dead-link", path: "/reset-password?token=gone" },
    { name: "verify-email-with-a-dead-link", path: "/verify-email?token=gone" },
    { name: "invitation-that-is-gone", path: "/invitations/gone" },
    { name: "pay-no-link", path: "/pay/none", status: 404 },
    { name: "pay-no-thanks", path: "/pay/none/thanks", status: 404 },
    { name: "mailbox", path: "/mailbox" },
    { name: "not-found", path: "/no/such/page", status: 404 },
  ],
  tenant: [
    { name: "usage", path: "/{tenant}/billing/usage" },
    { name: "usage-by-hour", path: "/{tenant}/billing/usage?by=hour" },
    { name: "tenant-overview", path: "/{tenant}" },
    { name: "tenant-onboarding", path: "/{tenant}/onboarding" },
    ...tenantMoney,
    { name: "tenant-billing", path: "/{tenant}/billing" },
    { name: "tenant-plan", path: "/{tenant}/billing/plan" },
    // Nothing is being bought, so it leads back.
    { name: "tenant-no-checkout", path: "/{tenant}/billing/checkout" },
    { name: "tenant-upgrade", path: "/{tenant}/billing/plan?plan=scale&interval=month" },
    {
      name: "tenant-upgrade-code",
      path: "/{tenant}/billing/plan?plan=scale&interval=month&code=NOPE",
    },
    { name: "tenant-downgrade", path: "/{tenant}/billing/plan?plan=starter&interval=month" },
    { name: "tenant-pause", path: "/{tenant}/billing/pause?months=1" },
    { name: "tenant-resume", path: "/{tenant}/billing/resume" },
    { name: "tenant-cancel", path: "/{tenant}/billing/cancel" },
    { name: "tenant-offer", path: "/{tenant}/billing/cancel?reason=too_expensive" },
    { name: "tenant-cancel-now", path: "/{tenant}/billing/cancel?reason=other&when=now" },
    { name: "tenant-discount", path: "/{tenant}/billing/discount?code=NOPE" },
    { name: "tenant-history", path: "/{tenant}/billing/history" },
    { name: "tenant-entitlements", path: "/{tenant}/billing/entitlements" },
    { name: "tenant-invoices", path: "/{tenant}/invoices" },
    { name: "tenant-invoice", path: "/{tenant}/invoices", follow: "/{tenant}/invoices/" },
    { name: "tenant-team", path: "/{tenant}/team" },
    { name: "tenant-audit", path: "/{tenant}/audit" },
    ...developers,
    { name: "tenant-settings", path: "/{tenant}/settings" },
    { name: "tenant-commands", path: "/{tenant}", press: "Control+k" },
    { name: "account", path: "/account" },
    { name: "another-tenant", path: "/not-mine", status: 404 },
    { name: "another-tenants-checkout", path: "/checkouts/chk_not_mine", status: 404 },
  ],
  newcomer: [
    { name: "newcomer-keys", path: "/{tenant}/developers/keys" },
    { name: "newcomer-onboarding", path: "/{tenant}/onboarding" },
    { name: "newcomer-payments", path: "/{tenant}/payments" },
    { name: "newcomer-links", path: "/{tenant}/links" },
    { name: "newcomer-customers", path: "/{tenant}/customers" },
    { name: "newcomer-overview", path: "/{tenant}" },
    { name: "newcomer-payment", path: "/{tenant}/billing/payment" },
    { name: "newcomer-billing", path: "/{tenant}/billing?plan=pro&seats=3" },
    { name: "newcomer-invoices", path: "/{tenant}/invoices" },
    { name: "newcomer-developers", path: "/{tenant}/developers" },
    { name: "newcomer-deliveries", path: "/{tenant}/developers/deliveries" },
    { name: "newcomer-invite", path: "/{tenant}/team?invite" },
    { name: "newcomer-waiting", path: "/{tenant}/billing?checkout=cs_test_none" },
    { name: "another-company", path: "/sign-up?company=1" },
  ],
  undecided: [
    { name: "undecided-overview", path: "/{tenant}" },
    { name: "undecided-billing", path: "/{tenant}/billing" },
  ],
  behind: [
    { name: "behind-overview", path: "/{tenant}" },
    { name: "behind-payment", path: "/{tenant}/billing/payment" },
    { name: "behind-billing", path: "/{tenant}/billing" },
    { name: "behind-invoice", path: "/{tenant}/invoices", follow: "/{tenant}/invoices/" },
  ],
  metered: [
    { name: "metered-usage", path: "/{tenant}/billing/usage" },
    { name: "metered-trace", path: "/{tenant}/billing/usage", follow: "/{tenant}/trace" },
    { name: "metered-billing", path: "/{tenant}/billing" },
    { name: "metered-invoice", path: "/{tenant}/invoices", follow: "/{tenant}/invoices/in_" },
  ],
  member: [
    { name: "member-payment", path: "/{tenant}/billing/payment" },
    { name: "member-payments", path: "/{tenant}/payments" },
    { name: "member-links", path: "/{tenant}/links" },
    { name: "member-onboarding", path: "/{tenant}/onboarding" },
    { name: "member-overview", path: "/{tenant}" },
    { name: "member-billing", path: "/{tenant}/billing" },
    { name: "member-audit", path: "/{tenant}/audit" },
    { name: "member-team", path: "/{tenant}/team" },
    { name: "member-developers", path: "/{tenant}/developers" },
  ],
  admin: [
    { name: "admin-overview", path: "/admin" },
    { name: "admin-invoices", path: "/admin/invoices" },
    { name: "admin-invoice", path: "/admin/invoices?status=paid", follow: "/admin/invoices/in_" },
    {
      name: "admin-invoice-open",
      path: "/admin/invoices?status=open",
      follow: "/admin/invoices/in_",
    },
    { name: "admin-payment-methods", path: "/admin/payment-methods" },
    { name: "admin-tax", path: "/admin/tax" },
    ...adminMoney,
    { name: "admin-tenants", path: "/admin/tenants" },
    { name: "admin-tenant", path: "/admin/tenants", follow: "/admin/tenants/" },
    ...plans,
    { name: "admin-seats", path: "/admin/seats" },
    { name: "admin-alerts", path: "/admin/alerts" },
    { name: "admin-alerts-none", path: "/admin/alerts?tenantId=none" },
    { name: "admin-usage", path: "/admin/usage" },
    { name: "admin-meters", path: "/admin/meters" },
    { name: "admin-rater", path: "/admin/rater" },
    { name: "admin-rater-none-match", path: "/admin/rater?q=in_none" },
    { name: "admin-rater-invoice", path: "/admin/rater", follow: "/admin/rater/in_" },
    { name: "admin-rater-no-invoice", path: "/admin/rater/none", status: 404 },
    { name: "admin-events", path: "/admin/events" },
    { name: "admin-events-filtered", path: "/admin/events?status=done&account=platform" },
    { name: "admin-events-none-match", path: "/admin/events?q=evt_none" },
    { name: "admin-event", path: "/admin/events?type=invoice.paid", follow: "/admin/events/evt_" },
    { name: "admin-dead-letters", path: "/admin/events/dead" },
    { name: "admin-runs", path: "/admin/events/runs" },
    { name: "admin-drift", path: "/admin/events/drift" },
    { name: "admin-drift-gone", path: "/admin/events/drift/drf_gone", status: 404 },
    { name: "admin-backfills", path: "/admin/events/backfills" },
    { name: "admin-resync", path: "/admin/events/resync" },
    { name: "admin-breakers", path: "/admin/events/breakers" },
    { name: "admin-webhooks", path: "/admin/webhooks" },
    { name: "admin-webhooks-new", path: "/admin/webhooks/endpoints/new" },
    { name: "admin-webhooks-no-endpoint", path: "/admin/webhooks/endpoints/none", status: 404 },
    {
      ...{ name: "admin-webhooks-endpoint", path: "/admin/webhooks" },
      follow: "/admin/webhooks/endpoints/whe_",
    },
    {
      ...{ name: "admin-webhooks-edit", path: "/admin/webhooks" },
      ...{ follow: "/admin/webhooks/endpoints/whe_", below: "/edit" },
    },
    { name: "admin-webhooks-deliveries", path: "/admin/webhooks/deliveries" },
    {
      ...{ name: "admin-webhooks-delivery", path: "/admin/webhooks/deliveries" },
      follow: "/admin/webhooks/deliveries/msg_",
    },
    { name: "admin-webhooks-events", path: "/admin/webhooks/events" },
    {
      ...{ name: "admin-webhooks-event", path: "/admin/webhooks/events" },
      follow: "/admin/webhooks/events/",
    },
    { name: "admin-audit", path: "/admin/audit" },
    { name: "admin-system", path: "/admin/system" },
  ],
};

export const widths = [1440, 390] as const;
export const themes = ["light", "dark"] as const;
export type View = { width: (typeof widths)[number]; theme: (typeof themes)[number] };

/** Every page is looked at in each of these. */
export const views: View[] = widths.flatMap((width) => themes.map((theme) => ({ width, theme })));

export function folderOf({ width, theme }: View): string {
  return `${width}-${theme}`;
}
