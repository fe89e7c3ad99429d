import { z } from "zod";

const optional = z.string().trim().min(1).optional();
const secrets = z
  .string()
  .transform((text) => text.split(",").map((secret) => secret.trim()))
  .pipe(z.array(z.string().startsWith("whsec_", "must start with whsec_")).min(1));

/** Every variable the web and worker processes read. `.env.example` explains each to people. */
const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** The address the web server listens at. */
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce
    .number({ error: "must be a number from 0 to 65535" })
    .int()
    .min(0)
    .max(65535)
    .default(3000),
  LOCKSTEP_URL: z.url({
    error: "must be the full address people open, such as https://billing.example.com",
  }),
  LOCKSTEP_SECRET: z
    .string()
    .min(32, "must be at least 32 characters: openssl rand -hex 32 makes one"),
  LOCKSTEP_LIVE: z.enum(["yes", "no"]).default("no"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address")
    .optional(),
  DATABASE_APP_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address"),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, "must be a secret key: sk_test_… or sk_live_…"),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_/, "must be a publishable key: pk_test_… or pk_live_…"),
  STRIPE_WEBHOOK_SECRET_ACCOUNT: secrets,
  STRIPE_WEBHOOK_SECRET_CONNECT: secrets,
  /** Where Stripe's API is, when it is the local one. Unset: Stripe itself. */
  STRIPE_API_BASE: z.url().optional(),
  /** How the platform's connected accounts are set up. An account keeps its own profile. */
  CONNECT_PROFILE: z.enum(["saas", "marketplace", "white_label"]).default("saas"),
  /** Whether the platform may offer cards and financial accounts. Unset: on the local Stripe. */
  CONNECT_BANKING: z.enum(["yes", "no"]).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must be an smtp:// or smtps:// address")
    .optional(),
  MAIL_FROM: z.string().default("Lockstep <billing@lockstep.local>"),
  GOOGLE_CLIENT_ID: optional,
  GOOGLE_CLIENT_SECRET: optional,
  GITHUB_CLIENT_ID: optional,
  GITHUB_CLIENT_SECRET: optional,
  OIDC_ISSUER: z.url().optional(),
  OIDC_NAME: z.string().default("Single sign-on"),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  /** Addresses of proxies in front, whose X-Forwarded-For is believed: how many. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  /** How long handled events are kept. Stripe lists its own for 30 days, so no less than 35. */
  INBOX_KEEP_DAYS: z.coerce.number().int().min(35).default(90),
  /** What is done where a mirror differs from Stripe: it is repaired, proposed, or left. */
  STRIPE_DRIFT_POLICY: z.enum(["auto", "propose", "off"]).default("auto"),
  /** Requests a second and account for work that can wait. Unset: some third of Stripe's limit. */
  STRIPE_BACKGROUND_PER_SECOND: z.coerce.number().int().min(1).max(1_000).optional(),
  /** How late usage may be reported. Stripe takes none that is older than 35 days. */
  USAGE_LATE_DAYS: z.coerce.number().int().min(1).max(35).default(35),
  /** Requests a second that one API key may report usage with, in each process. */
  USAGE_REQUESTS_PER_SECOND: z.coerce.number().int().min(1).default(2_000),
  /** How long single events are kept; their hours stay. A bill can be asked about for a year. */
  USAGE_KEEP_DAYS: z.coerce.number().int().min(70).default(400),
  /** Usage after its invoice was finalised: billed on the next one, only credited, or shown. */
  USAGE_AFTER_INVOICE: z.enum(["bill", "credit", "show"]).default("bill"),
  /** Whether webhooks may go to this machine itself: for local work, never with live keys. */
  WEBHOOK_LOOPBACK: z.enum(["yes", "no"]).default("no"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

type Source = Record<string, string | undefined>;

/** What variables say of each other, asked of them as they are, so that no fault hides another. */
function clashesIn(source: Source): EnvFault[] {
  const faults: EnvFault[] = [];
  const { STRIPE_SECRET_KEY: secretKey = "", STRIPE_PUBLISHABLE_KEY: publishableKey } = source;
  const isLive = secretKey.includes("_live_");
  const refuse = (name: string, message: string) => faults.push({ name, message });
  if (isLive && source.LOCKSTEP_LIVE !== "yes") {
    refuse("STRIPE_SECRET_KEY", "is a live key; set LOCKSTEP_LIVE=yes to move real money");
  }
  if (publishableKey && isLive !== publishableKey.includes("_live_")) {
    refuse("STRIPE_PUBLISHABLE_KEY", "must be of the same mode as STRIPE_SECRET_KEY");
  }
  if (isLive && source.WEBHOOK_LOOPBACK === "yes") {
    refuse("WEBHOOK_LOOPBACK", "is for local work; remove it to use a live key");
  }
  if (isLive && source.STRIPE_API_BASE) {
    refuse("STRIPE_API_BASE", "is for the local Stripe; remove it to use a live key");
  }
  for (const provider of ["GOOGLE", "GITHUB", "OIDC"]) {
    const [id, secret] = [`${provider}_CLIENT_ID`, `${provider}_CLIENT_SECRET`];
    if (Boolean(source[id]) === Boolean(source[secret])) continue;
    refuse(source[id] ? secret : id, "is missing its twin");
  }
  return faults;
}

export type Env = z.infer<typeof schema>;

/** Every variable there is. Tests take them all away, so that nobody's own setup is touched. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** A variable that is missing or wrong, in words that never repeat its value. */
export type EnvFault = { name: string; message: string };

/** What is wrong with an environment, each variable by name; nothing where all is well. */
export function faultsOf(source: Source): EnvFault[] {
  const result = schema.safeParse(filled(source));
  const faults = (result.error?.issues ?? []).map(({ path, message, code }) => {
    const name = path.join(".");
    const isMissing = code === "invalid_type" && !source[name];
    return { name, message: isMissing ? "is not set" : message };
  });
  return [...faults, ...clashesIn(filled(source))];
}

/**
 * Parses the environment. Throws one error that names every bad variable with its mend and never
 * repeats a value, because a value may be a secret.
 */
export function parseEnv(source: Source): Env {
  const faults = faultsOf(source);
  if (faults.length === 0) return schema.parse(filled(source));
  const lines = faults.map(({ name, message }) => `  ${name} ${message}`);
  throw new Error(`The environment is not complete:\n${lines.join("\n")}\nSee .env.example.`);
}

/** An empty variable counts as unset, as in a copied .env.example. */
function filled(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
}

let current: Env | undefined;

/** This process's environment, parsed on first use. */
export function env(): Env {
  return current ?? replaceEnv(process.env);
}

/** True where this process's key is for Stripe's live mode, and moves real money. */
export function isLiveMode(): boolean {
  return env().STRIPE_SECRET_KEY.includes("_live_");
}

/** Makes these variables this process's environment; a test has its own. */
export function replaceEnv(source: Source): Env {
  current = parseEnv(source);
  // next-auth reads its own address from its own variable and from nowhere else.
  process.env.NEXTAUTH_URL = new URL(current.LOCKSTEP_URL).origin;
  return current;
}

/** Read apart from the rest, because a bad environment must be loggable too. */
export function logLevel(): string {
  const { NODE_ENV, LOG_LEVEL } = process.env;
  return NODE_ENV === "test" ? "silent" : LOG_LEVEL || "info";
}
