import { createTransport, type Transporter } from "nodemailer";
import { env } from "#lib/env";

type Outgoing = { id: string; to: string; subject: string; html: string; text: string };

const transports = new Map<string, Transporter>();

/** Hands one mail to the SMTP server. Its Message-ID is ours, so a second copy is recognisable. */
export async function deliver(smtpUrl: string, mail: Outgoing): Promise<void> {
  const transport = transports.get(smtpUrl) ?? createTransport(smtpUrl);
  transports.set(smtpUrl, transport);
  const host = new URL(env().LOCKSTEP_URL).hostname;
  const { id, to, subject, html, text } = mail;
  await transport.sendMail({
    ...{ to, subject, html, text },
    from: env().MAIL_FROM,
    messageId: `<${id}@${host}>`,
    // Answering machines leave such mail alone.
    headers: { "auto-submitted": "auto-generated" },
  });
}

/** True where the server said never (a 5xx answer), so that trying again is of no use. */
export function isFinalRefusal(error: unknown): boolean {
  const code = (error as { responseCode?: unknown } | null)?.responseCode;
  return typeof code === "number" && code >= 500;
}
