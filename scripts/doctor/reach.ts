import nodemailer from "nodemailer";
import { type Check, fault, fine, hasRealStripe, isLive, skipped } from "#scripts/doctor/check";

/** What must be reachable from here and from outside. */
export const reachChecks: Check[] = [
  {
    name: "Address",
    run: async (setup) => {
      const { given, effective } = setup;
      const url = effective.LOCKSTEP_URL ?? "";
      if (!URL.canParse(url)) return []; // Named among the variables.
      if (isLive(setup) && !url.startsWith("https://")) {
        const mend = "set LOCKSTEP_URL to an https:// address: sign-ins and money travel over it";
        return [fault(`${url} is not encrypted`, mend)];
      }
      const isUp = await answers(`${url.replace(/\/$/, "")}/api/health`);
      if (isUp) return [fine(`${url} answers`)];
      if (!given.LOCKSTEP_URL || !hasRealStripe(setup)) {
        return [skipped(`${url} does not answer; npm start starts it`)];
      }
      const mend = "start Lockstep, and point the address (DNS, proxy, tunnel) to its PORT";
      return [fault(`${url} does not answer`, mend)];
    },
  },
  {
    name: "Mail",
    run: async (setup) => {
      const { given } = setup;
      // The mailbox shows links that let people in, so it exists beside the local Stripe only.
      const hasMailbox = !hasRealStripe(setup) || given.STRIPE_API_BASE !== undefined;
      if (!given.SMTP_URL && hasMailbox) return [fine("local; it is kept and shown at /mailbox")];
      if (!given.SMTP_URL) {
        const mend = "set SMTP_URL and MAIL_FROM: invitations and password resets go by mail";
        return [fault("nothing sends it", mend)];
      }
      if (!/^smtps?:\/\//.test(given.SMTP_URL)) return []; // Named among the variables.
      const reached = await verifyMail(given.SMTP_URL);
      if (reached === "fine") return [fine("the server takes our sign-in")];
      if (reached === "refused") {
        const mend = "mend user and password in SMTP_URL";
        return [fault("the mail server refuses our sign-in", mend)];
      }
      return [fault("the mail server does not answer", "mend host and port in SMTP_URL")];
    },
  },
];

/** True where somebody answers at the address, whatever they say. */
export async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(5000), redirect: "manual" });
    return true;
  } catch {
    return false;
  }
}

async function verifyMail(url: string): Promise<"fine" | "silent" | "refused"> {
  const timeouts = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 5000 };
  const transport = nodemailer.createTransport({ url, ...timeouts });
  try {
    await transport.verify();
    return "fine";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return code === "EAUTH" ? "refused" : "silent";
  } finally {
    transport.close();
  }
}
