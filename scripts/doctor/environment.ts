import { faultsOf } from "#lib/env";
import {
  type Check,
  fault,
  fine,
  hasRealStripe,
  isLocalAddress,
  type Outcome,
} from "#scripts/doctor/check";

/** Where to get what a variable wants. One without a row is explained by its message alone. */
const mends: Record<string, string> = {
  PORT: "set PORT to a number from 0 to 65535, or remove it",
  LOCKSTEP_URL: "set LOCKSTEP_URL to the address people open, such as https://billing.example.com",
  LOCKSTEP_SECRET: "set LOCKSTEP_SECRET to the output of: openssl rand -hex 32",
  LOCKSTEP_LIVE: "set LOCKSTEP_LIVE to yes or no",
  DATABASE_URL: "set DATABASE_URL to postgresql://owner:password@host:5432/database",
  DATABASE_APP_URL: "set DATABASE_APP_URL to the app role's address, or remove it to have one made",
  STRIPE_SECRET_KEY: "copy it from https://dashboard.stripe.com/apikeys (Developers, API keys)",
  STRIPE_PUBLISHABLE_KEY: "copy the one beside your secret key: same account, same mode",
  STRIPE_WEBHOOK_SECRET_ACCOUNT:
    "copy the signing secret of the endpoint …/stripe/account (whsec_…)",
  STRIPE_WEBHOOK_SECRET_CONNECT:
    "copy the signing secret of the endpoint …/stripe/connect (whsec_…)",
  STRIPE_API_BASE: "remove STRIPE_API_BASE: it is set for you where the local Stripe is used",
  SMTP_URL: "set SMTP_URL to smtps://user:password@host, or remove it to keep mail in /mailbox",
};

/** What only makes sense beside a secret key of one's own. */
const stripeVariables = [
  "STRIPE_PUBLISHABLE_KEY",
  "STRIPE_WEBHOOK_SECRET_ACCOUNT",
  "STRIPE_WEBHOOK_SECRET_CONNECT",
];

export const environmentChecks: Check[] = [
  {
    name: "Variables",
    run: (setup) => {
      const faults: Outcome[] = faultsOf(setup.effective).map((found) => {
        const name = found.name.split(".")[0]!; // A list names which of its parts is wrong.
        return fault(`${name} ${found.message}`, mends[name] ?? "see .env.example");
      });
      if (!hasRealStripe(setup)) {
        for (const name of stripeVariables.filter((variable) => setup.given[variable])) {
          const mend = `set STRIPE_SECRET_KEY as well, or remove ${name} to use the local Stripe`;
          faults.push(fault(`${name} is set without STRIPE_SECRET_KEY`, mend));
        }
      }
      return faults.length ? faults : [fine("complete")];
    },
  },
  {
    name: "Webhook secrets",
    run: (setup) => {
      const { STRIPE_WEBHOOK_SECRET_ACCOUNT: account, STRIPE_WEBHOOK_SECRET_CONNECT: connect } =
        setup.given;
      if (!hasRealStripe(setup)) return [fine("made for the local Stripe by npm start")];
      if (!account || !connect) return []; // Named above.
      // The Stripe CLI forwards to both with one secret; endpoints have one each.
      if (account === connect && !isLocalAddress(setup)) {
        const mend = "each endpoint has a signing secret of its own; copy the other one too";
        return [fault("the two endpoints are given one secret", mend)];
      }
      return [fine(account === connect ? "one, as the Stripe CLI gives" : "one for each endpoint")];
    },
  },
];
