import nodemailer from "nodemailer";
import { type Check, fault, fine, hasRealStripe, skipped } from "#scripts/doctor/check";

/** What must be reachable from here and from outside. */
export const reachChecks: Check[] = [
  {
    name: "Address",
    run: async (setup) => {
      const { given, effective } = setup;
      const url = effective.LOCKSTEP_URL ?? "";
      if (!URL.canParse(url)) return []; // Named among the variables.
      const isLive = given.STRIPE_SECRET_KEY?.includes("_live_") ?? false;
      if (isLive && !url.startsWith("https://")) {
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
    run: async ({ given }) => {
      if (!given.SMTP_URL) return [fine("local; it is kept and shown at /mailbox")];
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

async function answers(url: string): Promise<boolean> {
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
