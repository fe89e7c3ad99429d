import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import type { Endpoint } from "#lib/events/delivery";
import { receiveDelivery } from "#lib/events/receive-delivery";
import { openWebhookDoor } from "#server/webhook-door";

/** What the doors of this process believe; the environment has to say the same. */
export const doorSecrets = { account: "whsec_chaos_account", connect: "whsec_chaos_connect" };

export type Knock = { endpoint: Endpoint; body: string; signature: string };

/**
 * The two ways into one database: the server in front of Next, over HTTP, and the function that
 * Next's route calls, in a receiver whose clock may be off. Both answer with a status; 0 is none.
 */
export async function openDoors(db: Db, ctx: Context) {
  const take = openWebhookDoor(db);
  const server = createServer((incoming, response) => {
    if (!take(incoming, response)) response.writeHead(404).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const settings = {
    secrets: { account: [doorSecrets.account], connect: [doorSecrets.connect] },
    isLive: false,
  };
  return {
    front: ({ endpoint, body, signature }: Knock): Promise<number> =>
      new Promise((resolve) => {
        const asked = request(
          {
            ...{ agent, host: "127.0.0.1", port, method: "POST" },
            path: `/api/webhooks/stripe/${endpoint}`,
            headers: { "stripe-signature": signature, "content-length": Buffer.byteLength(body) },
          },
          (response) => {
            response.resume().once("end", () => resolve(response.statusCode ?? 0));
          },
        );
        asked.once("error", () => resolve(0));
        asked.end(body);
      }),
    route: async ({ endpoint, body, signature }: Knock, offMs: number): Promise<number> => {
      const now = () => new Date(Date.now() + offMs);
      const delivery = { endpoint, rawBody: body, signatureHeader: signature };
      return (await receiveDelivery({ ...ctx, now }, delivery, settings)).status;
    },
    close: () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Doors = Awaited<ReturnType<typeof openDoors>>;
