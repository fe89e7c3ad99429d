import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";
import { type Reader, readHttp, readPostgres, type Said } from "#scripts/chaos/wire";

/** Which step is a process's last, and whether PostgreSQL or Stripe still hears of it. */
export type Doom = {
  moment: "unsent" | "unanswered";
  isHere(step: string, place: number): boolean;
};

/** Its n-th step, counted from 1. */
export function atPlace(n: number, moment: Doom["moment"]): Doom {
  return { moment, isHere: (_step, place) => place === n };
}

/** The n-th time it does one thing. */
export function atStep(name: string, n: number, moment: Doom["moment"]): Doom {
  let seen = 0;
  return {
    moment,
    isHere: (step) => {
      if (step === name) seen += 1;
      return step === name && seen === n;
    },
  };
}

/**
 * All that one process has of the outside: addresses of PostgreSQL and Stripe that lead through
 * us. Every question it asks is a step. When it is cut, nothing it does reaches anyone any more,
 * and no answer reaches it: to the rest of the world it is dead, in the middle of that step.
 */
export type Lifeline = {
  databaseUrl: string;
  stripeUrl: string;
  /** What was asked, in order. */
  readonly steps: readonly string[];
  /** Resolves at the step it was doomed to, or once it is cut. */
  readonly death: Promise<void>;
  cut(): void;
  close(): Promise<void>;
};

type Outside = { database: string; stripe: string };

/**
 * `isHeld` keeps the doomed process waiting in the middle of its step instead of being cut there,
 * for whoever then kills it.
 */
export async function openLifeline(
  outside: Outside,
  doom?: Doom,
  { isHeld = false } = {},
): Promise<Lifeline> {
  const steps: string[] = [];
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  const thread: Thread = {
    sockets: new Set(),
    isCut: false,
    take: (step) => {
      steps.push(step);
      return doom?.isHere(step, steps.length) ? doom.moment : undefined;
    },
    end: () => {
      thread.isCut = true;
      if (!isHeld) for (const socket of thread.sockets) socket.destroy();
      die();
    },
  };
  const cut = (): void => {
    thread.isCut = true;
    for (const socket of thread.sockets) socket.destroy();
    die();
  };
  const database = await openRelay(outside.database, thread, readPostgres);
  const stripe = await openRelay(outside.stripe, thread, readHttp);
  return {
    ...{ databaseUrl: database.url, stripeUrl: stripe.url.replace(/\/$/, ""), steps, death, cut },
    close: async () => {
      cut();
      await Promise.all([database.close(), stripe.close()]);
    },
  };
}

/** What a process's connections have in common. */
type Thread = {
  sockets: Set<Socket>;
  isCut: boolean;
  /** Counts a step, and says whether it is the last. */
  take(step: string): Doom["moment"] | undefined;
  end(): void;
};

function carry(thread: Thread, from: Socket, target: URL, read: Reader): void {
  if (thread.isCut) return void from.destroy();
  const to = createConnection(Number(target.port), target.hostname);
  for (const socket of [from, to]) {
    thread.sockets.add(socket.setNoDelay(true));
    socket.once("close", () => thread.sockets.delete(socket));
    socket.on("error", () => {});
  }
  to.on("data", (answer) => {
    if (!thread.isCut) from.write(answer);
  });
  from.once("close", () => to.end());
  to.once("close", () => from.destroy());
  from.on("data", (chunk) => {
    if (thread.isCut) return;
    const { told, moment } = upTo(thread, read(chunk));
    if (moment === undefined) to.write(told);
    if (moment === "unanswered") {
      // What was said is heard to its end; the answer finds nobody.
      thread.sockets.delete(to);
      to.end(told);
    }
    if (moment !== undefined) thread.end();
  });
}

/** What of it is passed on: all, or what comes before a last step, or that with the step. */
function upTo({ take }: Thread, said: readonly Said[]) {
  const told: Buffer[] = [];
  for (const { bytes, step } of said) {
    const moment = step === undefined ? undefined : take(step);
    if (moment !== "unsent") told.push(bytes);
    if (moment) return { told: Buffer.concat(told), moment };
  }
  return { told: Buffer.concat(told), moment: undefined };
}

/** Listens in somebody's place: the same address but for the port. */
async function openRelay(target: string, thread: Thread, reader: () => Reader) {
  const to = new URL(target);
  const server = createServer((from) => carry(thread, from, to, reader()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: url.href, close };
}
