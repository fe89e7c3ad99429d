/** What the headers depend on. */
export type Surroundings = {
  nonce: string;
  isSecure: boolean;
  isDevelopment: boolean;
  /** Where the local Stripe answers; unset with real keys. */
  stripeApiBase: string | undefined;
};

/**
 * The headers of every page: nothing runs, loads or frames that this page did not ask for.
 * https://nextjs.org/docs/app/guides/content-security-policy
 */
export function securityHeaders(around: Surroundings): Record<string, string> {
  const https = { "strict-transport-security": "max-age=63072000; includeSubDomains" };
  return {
    "content-security-policy": contentSecurityPolicy(around),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    ...(around.isSecure ? https : {}),
  };
}

export function contentSecurityPolicy(around: Surroundings): string {
  const { nonce, isSecure, isDevelopment, stripeApiBase } = around;
  const own = `'nonce-${nonce}'`;
  const stripe = stripeApiBase ? localStripe(new URL(stripeApiBase).origin) : realStripe;
  const rules: Record<string, string[]> = {
    "default-src": ["'self'"],
    // React's error overlay evaluates source maps, in development only.
    "script-src": [
      "'self'",
      own,
      "'strict-dynamic'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
      ...stripe.script,
    ],
    // A reload in development adds style elements without a nonce; a nonce would shut them out.
    "style-src": isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'", own, ...stripe.style],
    // Widths of charts and places of popovers are computed, so they are set as attributes. A style
    // attribute cannot load or run anything here, as images and fonts come from ourselves.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", ...stripe.image],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(isDevelopment ? ["ws:"] : []), ...stripe.connect],
    "frame-src": stripe.frame.length ? stripe.frame : ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'", ...stripe.form],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
  };
  const parts = Object.entries(rules).map(([name, sources]) => `${name} ${sources.join(" ")}`);
  return [...parts, ...(isSecure ? ["upgrade-insecure-requests"] : [])].join("; ");
}

/** https://docs.stripe.com/security/guide#content-security-policy and, for the embedded
 *  components, https://docs.stripe.com/connect/get-started-connect-embedded-components */
const realStripe = {
  script: ["https://js.stripe.com", "https://*.js.stripe.com", "https://connect-js.stripe.com"],
  // The hash of the empty style element Connect.js fills from script.
  style: ["'sha256-0hAheEzaMe6uXIKV4EehS9pu1am1lj/KnnzrOYqckXk='"],
  image: ["https://*.stripe.com"],
  connect: ["https://api.stripe.com"],
  frame: [
    "https://js.stripe.com",
    "https://*.js.stripe.com",
    "https://hooks.stripe.com",
    "https://connect-js.stripe.com",
  ],
  form: ["https://checkout.stripe.com", "https://billing.stripe.com"],
};

/** The local Stripe's stand-in for Stripe.js: its script, its frames, and what it asks. */
function localStripe(origin: string): typeof realStripe {
  const own = [origin];
  return { script: own, style: [], image: [], connect: own, frame: own, form: own };
}
