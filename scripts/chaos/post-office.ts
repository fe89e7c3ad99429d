import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Endpoint } from "#lib/events/delivery";
import { verifySignature } from "#lib/stripe/verify";
import type { EndpointSecrets } from "#lib/stripe/webhook-endpoints";

/** A webhook as Stripe sent it, for whoever delivers it in the end. */
export type Letter = { eventId: string; endpoint: Endpoint; body: string };

/**
 * Takes what Stripe sends in a receiver's place, and keeps it. Each letter's signature is checked
 * when it comes; it is signed again when it is delivered, as it may lie here for long.
 */
export async function openPostOffice() {
  const secrets: Record<Endpoint, string[]> = { account: [], connect: [] };
  let letters: Letter[] = [];
  let forged = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const endpoint = request.url?.endsWith("connect") ? "connect" : "account";
    const signature = request.headers["stripe-signature"]?.toString();
    const verdict = verifySignature(body, signature, secrets[endpoint], new Date());
    if (verdict === "genuine") letters.push({ ...idOf(body), endpoint, body });
    else forged += 1;
    response.writeHead(200).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The secrets a new world of Stripe's signs with. */
    expect: ({ account, connect, notifications }: EndpointSecrets): void => {
      secrets.account = [account, notifications];
      secrets.connect = [connect];
    },
    /** Hands out what has come since the last time. */
    take: (): Letter[] => {
      const taken = letters;
      letters = [];
      return taken;
    },
    /** Letters whose signature was not the one agreed. */
    forged: () => forged,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;

function idOf(body: string): { eventId: string } {
  const event = JSON.parse(body) as { id: string; snapshot_event?: string };
  return { eventId: event.snapshot_event ?? event.id };
}

/** `Stripe-Signature` as Stripe makes it. */
export function sign(body: string, secret: string, unixSeconds: number): string {
  const digest = createHmac("sha256", secret).update(`${unixSeconds}.${body}`).digest("hex");
  return `t=${unixSeconds},v1=${digest}`;
}
