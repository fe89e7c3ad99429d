/** Folders of `lib` by their names, in lists that may be put together. */
const lib = (...lists: string[]): string[] =>
  lists.flatMap((names) => names.split(" ")).map((name) => `lib/${name}`);

const money =
  "usage payments payouts billing connect reconciliation margin books ledger ledger-rules accounts webhooks alerts rater catalog trace";
const domains = `selling disputes entitlements seats migrations ${money}`;
const ground = "tenancy mail jobs stripe db";

/**
 * Who may know whom. A folder sees itself, the leaves (`lib/*.ts` and `lib/money`), and what its
 * row names; nothing else. A folder without a row is not part of the house, so it fails.
 */
export const mayImport: Record<string, readonly string[]> = {
  // The leaves. The context carries the database, so it alone among them knows of it.
  lib: [],
  "lib/context": lib("db"),
  "lib/money": [],

  // The ground every domain stands on.
  "lib/db": [],
  "lib/stripe": [],
  "lib/jobs": lib("db"),
  "lib/mail": lib("jobs db"),
  "lib/tenancy": lib("mail jobs db"),
  "lib/events": lib("tenancy jobs stripe db"),
  "lib/mirror": lib("events tenancy stripe db"),

  "lib/accounts": lib("tenancy stripe db"),

  // The domains. Billing and Connect do not know each other.
  "lib/catalog": lib("events tenancy jobs stripe db"),
  "lib/rater": lib("catalog events tenancy jobs stripe db"),
  "lib/billing": lib("accounts rater catalog mirror events tenancy mail jobs stripe db"),
  "lib/usage": lib("billing webhooks catalog mirror events tenancy mail jobs stripe db"),
  "lib/payments": lib("accounts billing events tenancy mail jobs stripe db"),
  "lib/seats": lib("billing rater catalog events tenancy mail jobs stripe db"),
  "lib/entitlements": lib("seats usage billing catalog events tenancy jobs stripe db"),
  "lib/migrations": lib("usage billing catalog tenancy jobs stripe db"),
  "lib/webhooks": lib("events tenancy mail jobs db"),
  "lib/alerts": lib("webhooks events tenancy mail db"),
  "lib/selling": lib("billing connect catalog mirror events tenancy mail jobs stripe db"),
  "lib/disputes": lib("payouts mirror events tenancy mail jobs stripe db"),
  "lib/payouts": lib("connect events tenancy mail jobs stripe db"),
  "lib/connect": lib("accounts events tenancy mail jobs stripe db"),
  "lib/ledger": lib("tenancy jobs db"),
  "lib/books": lib("reconciliation ledger tenancy db"),
  "lib/margin": lib("ledger tenancy db"),
  "lib/reconciliation": lib("ledger-rules ledger events tenancy jobs stripe db"),
  "lib/ledger-rules": lib("ledger mirror events tenancy jobs stripe db"),

  // What joins the domains, and what wires them to the clock, the queue and the web.
  "lib/trace": lib("tenancy db"),
  "lib/overview": lib(
    "reconciliation disputes seats usage payments billing connect rater catalog mirror events tenancy mail stripe db",
  ),
  "lib/dispatch": lib(domains, "mirror events", ground),
  "lib/web": lib("events tenancy stripe db"),

  // The edges know verbs and reads; the database, the queue and Stripe lie behind those.
  components: lib("web overview", domains, "events tenancy mail"),
  app: ["components", ...lib("dispatch web overview", domains, "events tenancy mail")],
  server: lib("dispatch web usage events jobs stripe db"),
  ".": lib("web"),

  // The local Stripe is a product of its own: it knows nothing of ours, not even the leaves.
  sandbox: [],

  // What works on the house from outside.
  scripts: [
    ...["prisma", "server", "tests/tidy"],
    ...lib("dispatch overview entitlements seats", money, "events", ground),
  ],
  prisma: lib(
    "dispatch reconciliation ledger-rules selling connect payouts usage payments billing webhooks rater catalog events tenancy stripe db",
  ),
  tests: [
    ...["app", "components", "prisma", "scripts", "server", "tests/support", "tests/tidy"],
    ...lib("dispatch web overview", domains, "mirror events", ground),
  ],
  "tests/support": [
    ...["scripts", "server"],
    ...lib("dispatch web usage billing catalog events", ground),
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
    owners: [
      ...["lib/web", "app", "components", "proxy", "next.config", "instrumentation", "server"],
      "tests/lib/reconciliation",
    ],
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
