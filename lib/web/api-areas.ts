/** The areas of the API, in the order of the reference. */
export const apiAreas = {
  billing: {
    name: "Plan and billing",
    about: "What a workspace pays for: its plan, changes to it, and what each would cost.",
  },
  invoices: {
    name: "Invoices and payment",
    about: "What was billed, what is owed, and what it is paid with.",
  },
  usage: {
    name: "Usage",
    about: "What was used, sent as it happens, and what it costs so far.",
  },
  entitlements: {
    name: "Entitlements",
    about: "What a workspace may use now, and how much of it is left.",
  },
  team: {
    name: "Team and seats",
    about: "Who is in a workspace, in which role, and who has a seat.",
  },
  connect: {
    name: "Payments and payouts",
    about: "A workspace's own account at Stripe: setting it up, and what Stripe asks of it.",
  },
  developers: {
    name: "Keys, webhooks and events",
    about: "A workspace's keys, where it is told of what happens, and the log of it.",
  },
  workspace: {
    name: "Workspace",
    about: "The workspace itself, its overview and its audit log.",
  },
  account: {
    name: "People",
    about: "Signing up, a person's sessions, password and workspaces. No key does any of this.",
  },
  console: {
    name: "Console",
    about: "For the platform's own people: tenants, their accounts, alerts, audit and the system.",
  },
  "console-plans": {
    name: "Console: plans",
    about: "For the platform's own people: plans, coupons, meters, migrations, seats and usage.",
  },
  "console-money": {
    name: "Console: money",
    about: "For the platform's own people: invoices, payouts, disputes, fees and money that moves.",
  },
  "console-books": {
    name: "Console: books",
    about: "For the platform's own people: the ledger, its periods, and how it is compared.",
  },
  "console-events": {
    name: "Console: events",
    about:
      "For the platform's own people: Stripe's events, what died, differs or is asked again, and " +
      "the webhooks that the platform itself is told by.",
  },
} as const;

export type ApiArea = keyof typeof apiAreas;

/** The area of each first part of a path; of a workspace's paths, of the part after its slug. */
const areaOf: Record<string, ApiArea> = {
  ...{ invitations: "account", mails: "account", me: "account", passwords: "account" },
  ...{ session: "account", sessions: "account", "sign-up": "account", tenants: "account" },
  verification: "account",
  ...{ entitlements: "entitlements", "tenant/entitlements": "entitlements" },
  ...{ usage: "usage", "tenant/usage": "usage" },
  ...{ "tenant/billing": "billing", "tenant/checkout": "billing" },
  ...{ "tenant/subscription": "billing", plans: "billing" },
  ...{ "tenant/invoices": "invoices", "tenant/payment-methods": "invoices" },
  ...{ "tenant/billing-details": "invoices", "tenant/credit-notes": "invoices" },
  ...{ "tenant/balance": "invoices", "tenant/portal": "invoices" },
  "tenant/connect": "connect",
  ...{ "tenant/payment-links": "connect", "tenant/sales": "connect" },
  ...{ "tenant/customers": "connect", pay: "connect" },
  ...{ "tenant/payouts": "connect", "tenant/payout-balance": "connect" },
  ...{ "tenant/payout-schedule": "connect", "tenant/books": "connect", "tenant/trace": "connect" },
  ...{ "tenant/disputes": "connect", "tenant/fraud-warnings": "connect" },
  ...{ "tenant/members": "team", "tenant/invitations": "team", "tenant/seats": "team" },
  ...{ "tenant/api-keys": "developers", "tenant/events": "developers" },
  ...{ "tenant/webhook-endpoints": "developers", "tenant/webhook-deliveries": "developers" },
  ...{ tenant: "workspace", "tenant/audit": "workspace", "tenant/membership": "workspace" },
  ...{ "tenant/overview": "workspace", "tenant/search": "workspace" },
};

/** Of the console's paths, of the part after `admin`; any other is about the console itself. */
const consoleAreaOf: Record<string, ApiArea> = {
  ...{ plans: "console-plans", coupons: "console-plans", meters: "console-plans" },
  ...{ migrations: "console-plans", seats: "console-plans", usage: "console-plans" },
  "grace-policies": "console-plans",
  ...{ invoices: "console-money", "invoice-checks": "console-money", payouts: "console-money" },
  ...{ transfers: "console-money", "top-ups": "console-money", debits: "console-money" },
  ...{ "application-fees": "console-money", "money-moves": "console-money" },
  ...{ "fee-policies": "console-money", disputes: "console-money", balance: "console-money" },
  ...{ collection: "console-money", "payment-methods": "console-money" },
  ...{ ledger: "console-books", reconciliation: "console-books", trace: "console-books" },
  ...{ events: "console-events", inbox: "console-events", backfills: "console-events" },
  ...{ drifts: "console-events", resyncs: "console-events", breakers: "console-events" },
  ...{ "webhook-endpoints": "console-events", "webhook-deliveries": "console-events" },
  "webhook-events": "console-events",
};

/** The area of a path such as `/tenants/{tenant}/invoices`, or nothing where it has no row. */
export function areaOfPath(path: string): ApiArea | undefined {
  const [first = "", slug, inside] = path.split("/").slice(1);
  if (first === "admin") return consoleAreaOf[slug ?? ""] ?? "console";
  if (first !== "tenants" || slug === undefined) return areaOf[first];
  return areaOf[inside === undefined ? "tenant" : `tenant/${inside}`];
}
