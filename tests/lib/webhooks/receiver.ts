import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export type Heard = {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

type Answer = (response: ServerResponse, heard: Heard) => void;

/** A receiver of webhooks on this machine, and all that it heard. */
export type Receiver = {
  readonly heard: Heard[];
  readonly url: string;
  readonly port: number;
  /** How it answers from now on. */
  answer: Answer;
  /** Settles once it has heard so many messages. */
  hears(count: number): Promise<void>;
  close(): void;
};

export async function openReceiver(answer: Answer = (response) => response.end()) {
  const heard: Heard[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const server: Server = createServer(async (request, response) => {
    const message = await read(request);
    heard.push(message);
    receiver.answer(response, message);
    for (const { count, done } of waiting) if (heard.length >= count) done();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    ...{ heard, port, url: `http://127.0.0.1:${port}/hook`, answer },
    hears: (count) =>
      new Promise((done) => {
        if (heard.length >= count) done();
        else waiting.push({ count, done });
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

async function read(request: IncomingMessage): Promise<Heard> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = request.headers as Record<string, string>;
  return { id: headers["webhook-id"]!, headers, body: Buffer.concat(parts).toString() };
}

/** What the specification's own verifier makes of a message; throws where it is not genuine. */
export function verify(secret: string, { body, headers }: Heard): unknown {
  return new Webhook(secret).verify(body, headers);
}
