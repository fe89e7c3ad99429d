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
    about: "For the platform's own people: plans, tenants, events and the system.",
  },
} as const;

export type ApiArea = keyof typeof apiAreas;

/** The area of each first part of a path; of a workspace's paths, of the part after its slug. */
const areaOf: Record<string, ApiArea> = {
  admin: "console",
  ...{ invitations: "account", mails: "account", me: "account", passwords: "account" },
  ...{ session: "account", sessions: "account", "sign-up": "account", tenants: "account" },
  verification: "account",
  ...{ entitlements: "entitlements", "tenant/entitlements": "entitlements" },
  ...{ usage: "usage", "tenant/usage": "usage" },
  ...{ "tenant/billing": "billing", "tenant/checkout": "billing" },
  "tenant/subscription": "billing",
  ...{ "tenant/invoices": "invoices", "tenant/payment-methods": "invoices" },
  ...{ "tenant/billing-details": "invoices", "tenant/credit-notes": "invoices" },
  ...{ "tenant/balance": "invoices", "tenant/portal": "invoices" },
  ...{ "tenant/members": "team", "tenant/invitations": "team", "tenant/seats": "team" },
  ...{ "tenant/api-keys": "developers", "tenant/events": "developers" },
  ...{ "tenant/webhook-endpoints": "developers", "tenant/webhook-deliveries": "developers" },
  ...{ tenant: "workspace", "tenant/audit": "workspace", "tenant/membership": "workspace" },
  ...{ "tenant/overview": "workspace", "tenant/search": "workspace" },
};

/** The area of a path such as `/tenants/{tenant}/invoices`, or nothing where it has no row. */
export function areaOfPath(path: string): ApiArea | undefined {
  const [first = "", slug, inside] = path.split("/").slice(1);
  if (first !== "tenants" || slug === undefined) return areaOf[first];
  return areaOf[inside === undefined ? "tenant" : `tenant/${inside}`];
}
