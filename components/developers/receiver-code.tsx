/** A whole receiver, to copy. A test runs it as it stands here. */
export const receiverCode = `import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

/** Takes webhooks signed by \`secret\` (whsec_…) and hands each on once. */
export function receive(secret: string, handle: (event: unknown) => void) {
  const webhook = new Webhook(secret);
  const handled = new Set<string>(); // Keep it where a restart does not lose it.

  return createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = request.headers as Record<string, string>;
    const id = headers["webhook-id"] ?? "";
    try {
      const event = webhook.verify(Buffer.concat(parts).toString(), headers);
      if (!handled.has(id)) handle(event); // { type, timestamp, data }
      handled.add(id);
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end(); // Not from us, or older than five minutes.
    }
  });
}
`;
