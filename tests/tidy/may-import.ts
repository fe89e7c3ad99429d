/**
 * Who may know whom. A folder sees itself, the leaves (`lib/*.ts` and `lib/money`), and what its
 * row names; nothing else. A folder without a row is not part of the house, so it fails.
 */
export const mayImport: Record<string, readonly string[]> = {
  // The leaves. The context carries the database, so it alone among them knows of it.
  lib: [],
  "lib/context": ["lib/db"],
  "lib/money": [],

  // The ground every domain stands on.
  "lib/db": [],
  "lib/stripe": [],
  "lib/jobs": ["lib/db"],
  "lib/mail": ["lib/jobs", "lib/db"],
  "lib/tenancy": ["lib/mail", "lib/jobs", "lib/db"],
  "lib/events": ["lib/tenancy", "lib/jobs", "lib/stripe", "lib/db"],
  "lib/mirror": ["lib/events", "lib/tenancy", "lib/stripe", "lib/db"],

  // The domains. Billing and Connect do not know each other.
  "lib/catalog": ["lib/events", "lib/tenancy", "lib/jobs", "lib/stripe", "lib/db"],
  "lib/rater": ["lib/catalog", "lib/events", "lib/tenancy", "lib/jobs", "lib/stripe", "lib/db"],
  "lib/billing": [
    ...["lib/rater", "lib/catalog", "lib/mirror", "lib/events", "lib/tenancy"],
    ...["lib/jobs", "lib/mail", "lib/stripe", "lib/db"],
  ],
  "lib/usage": [
    ...["lib/billing", "lib/catalog", "lib/webhooks", "lib/mirror", "lib/events", "lib/tenancy"],
    ...["lib/jobs", "lib/mail", "lib/stripe", "lib/db"],
  ],
  "lib/payments": [
    ...["lib/billing", "lib/events", "lib/tenancy", "lib/jobs", "lib/mail", "lib/stripe", "lib/db"],
  ],
  "lib/seats": [
    ...["lib/billing", "lib/catalog", "lib/events", "lib/tenancy", "lib/jobs"],
    ...["lib/stripe", "lib/db"],
  ],
  "lib/entitlements": [
    ...["lib/seats", "lib/usage", "lib/billing", "lib/catalog", "lib/events", "lib/tenancy"],
    ...["lib/jobs", "lib/stripe", "lib/db"],
  ],
  "lib/migrations": [
    ...["lib/usage", "lib/billing", "lib/catalog", "lib/tenancy", "lib/jobs", "lib/stripe"],
    "lib/db",
  ],
  "lib/webhooks": ["lib/events", "lib/tenancy", "lib/jobs", "lib/mail", "lib/db"],
  "lib/alerts": ["lib/events", "lib/tenancy", "lib/mail", "lib/db"],
  "lib/connect": ["lib/events", "lib/tenancy", "lib/jobs", "lib/mail", "lib/stripe", "lib/db"],

  // What joins the domains, and what wires them to the clock, the queue and the web.
  "lib/overview": [
    "lib/seats",
    "lib/usage",
    "lib/rater",
    ...[
      "lib/payments",
      "lib/billing",
      "lib/connect",
      "lib/catalog",
      "lib/mirror",
      "lib/events",
      "lib/tenancy",
    ],
    ...["lib/mail", "lib/stripe", "lib/db"],
  ],
  "lib/dispatch": [
    ...["lib/usage", "lib/migrations"],
    ...[
      "lib/payments",
      "lib/billing",
      "lib/connect",
      "lib/catalog",
      "lib/mirror",
      "lib/events",
      "lib/tenancy",
    ],
    ...["lib/rater", "lib/webhooks", "lib/jobs", "lib/mail", "lib/stripe", "lib/db"],
    ...["lib/seats", "lib/entitlements", "lib/alerts"],
  ],
  "lib/web": ["lib/events", "lib/tenancy", "lib/stripe", "lib/db"],

  // The edges know verbs and reads; the database, the queue and Stripe lie behind those.
  components: [
    "lib/alerts",
    ...["lib/usage", "lib/migrations"],
    ...["lib/seats", "lib/entitlements"],
    "lib/rater",
    ...["lib/web", "lib/overview", "lib/payments", "lib/billing", "lib/connect", "lib/catalog"],
    ...["lib/events", "lib/webhooks", "lib/tenancy", "lib/mail"],
  ],
  app: [
    "lib/alerts",
    ...["lib/usage", "lib/migrations"],
    ...["lib/seats", "lib/entitlements"],
    "lib/rater",
    ...[
      "components",
      "lib/dispatch",
      "lib/web",
      "lib/overview",
      "lib/payments",
      "lib/billing",
      "lib/connect",
    ],
    ...["lib/catalog", "lib/events", "lib/webhooks", "lib/tenancy", "lib/mail"],
  ],
  server: [
    ...["lib/dispatch", "lib/web", "lib/usage", "lib/events", "lib/jobs", "lib/stripe", "lib/db"],
  ],
  ".": ["lib/web"],

  // The local Stripe is a product of its own: it knows nothing of ours, not even the leaves.
  sandbox: [],

  // What works on the house from outside.
  scripts: [
    ...["lib/alerts", "lib/webhooks"],
    "lib/usage",
    ...["lib/seats", "lib/entitlements"],
    "lib/rater",
    ...[
      "lib/dispatch",
      "lib/overview",
      "lib/payments",
      "lib/billing",
      "lib/connect",
      "lib/catalog",
      "lib/events",
    ],
    ...[
      "lib/tenancy",
      "lib/jobs",
      "lib/mail",
      "lib/stripe",
      "lib/db",
      "server",
      "prisma",
      "tests/tidy",
    ],
  ],
  prisma: [
    "lib/usage",
    ...["lib/payments", "lib/billing", "lib/catalog", "lib/events", "lib/webhooks", "lib/tenancy"],
    ...["lib/stripe", "lib/db"],
  ],
  tests: [
    "lib/alerts",
    ...["lib/usage", "lib/migrations"],
    ...["lib/seats", "lib/entitlements"],
    "lib/rater",
    ...[
      "app",
      "components",
      "server",
      "scripts",
      "prisma",
      "tests/support",
      "tests/tidy",
      "lib/web",
    ],
    ...[
      "lib/dispatch",
      "lib/overview",
      "lib/payments",
      "lib/billing",
      "lib/connect",
      "lib/catalog",
      "lib/mirror",
    ],
    ...["lib/events", "lib/tenancy", "lib/jobs", "lib/mail", "lib/stripe", "lib/db"],
    "lib/webhooks",
  ],
  "tests/support": [
    "lib/usage",
    ...["scripts", "server", "lib/dispatch", "lib/web", "lib/events", "lib/tenancy", "lib/jobs"],
    ...["lib/mail", "lib/stripe", "lib/db", "lib/catalog", "lib/billing"],
  ],
  "tests/tidy": [],
  "tests/scenarios": ["tests/support"],
  "tests/sandbox": ["sandbox"],
  "tests/e2e/sandbox": ["sandbox", "tests/sandbox"],
};

/** The leaves, which everything but the local Stripe may import. */
export const leaves = ["lib", "lib/context", "lib/money"];

/** Crossings of the table that stand, each with the reason it does. */
export const crossings: { from: string; to: string; why: string }[] = [
  {
    from: "tests/support/sandbox",
    to: "sandbox",
    why: "tests run the local Stripe in their own process, so that each has a world of its own",
  },
];

/** Packages that only some may import: the rest of the house speaks through them. */
export const packageOwners: { packages: RegExp; owners: readonly string[]; why: string }[] = [
  {
    packages: /^stripe($|\/)/,
    owners: ["lib/stripe", "sandbox", "tests", "scripts/bench"],
    why: "call lib/stripe, which alone speaks Stripe's language",
  },
  {
    packages: /^next($|\/)/,
    owners: ["lib/web", "app", "components", "proxy", "next.config", "instrumentation", "server"],
    why: "only lib/web and the edges know Next; give the domain what it needs as an argument",
  },
  {
    packages: /^next-auth($|\/)/,
    owners: ["lib/web", "app/api/auth", "components", "tests"],
    why: "sign-in lives in lib/web; everyone else takes a context",
  },
  {
    packages: /^(@prisma\/(?!driver-adapter-utils|schema-engine-wasm)|pg$)/,
    owners: ["lib/db", "scripts", "tests", "server"],
    why: "lib/db holds the only database client; take it from the context",
  },
  {
    packages: /^nodemailer/,
    owners: ["lib/mail", "scripts/doctor", "tests"],
    why: "queue a mail with lib/mail",
  },
];
