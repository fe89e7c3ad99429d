import { connect, type Socket } from "node:net";

type Request = { method: "GET" | "POST"; path: string; headers?: string[]; body?: string };

/** Sends requests over connections that stay open. Throws an answer that is not the wanted one. */
export type Poster = {
  /** A webhook as Stripe sends it. */
  deliver(path: string, delivery: { body: string; signature: string }): Promise<void>;
  /** JSON as a machine with an API key sends it. */
  send(path: string, body: string, key: string): Promise<void>;
  get(path: string, status: number): Promise<void>;
  close(): void;
};

type Line = {
  socket: Socket | null;
  text: string;
  wanted: number;
  settle: ((error?: Error) => void) | null;
};

/**
 * Each connection has one request at a time, and nothing beside: both sides share two cores, and a
 * whole HTTP client costs as much for a request as the door that is measured.
 */
export function createPoster(port: number, connections: number): Poster {
  const lines = Array.from({ length: connections }, (): Line => {
    return { socket: null, text: "", wanted: 200, settle: null };
  });
  const free = [...lines];
  const queue: (() => void)[] = [];
  const put = (line: Line, request: Request, wanted: number, tell: (error?: Error) => void) => {
    line.wanted = wanted;
    line.settle = (error) => {
      Object.assign(line, { text: "", settle: null });
      free.push(line);
      tell(error);
      queue.shift()?.();
    };
    // The door closes what was idle for some seconds.
    line.socket ??= open(port, line);
    line.socket.write(textOf(request));
  };
  const ask = (request: Request, wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const tell = (error?: Error) => (error ? reject(error) : resolve());
      const begin = () => put(free.pop()!, request, wanted, tell);
      if (free.length > 0) begin();
      else queue.push(begin);
    });
  return {
    deliver: (path, { body, signature }) =>
      ask({ method: "POST", path, body, headers: [`stripe-signature: ${signature}`] }, 200),
    send: (path, body, key) =>
      ask({ method: "POST", path, body, headers: [`authorization: Bearer ${key}`] }, 200),
    get: (path, status) => ask({ method: "GET", path }, status),
    close: () => {
      for (const { socket } of lines) socket?.destroy();
    },
  };
}

function textOf({ method, path, headers = [], body }: Request): string {
  const sent =
    body === undefined
      ? []
      : ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${path} HTTP/1.1`, "host: 127.0.0.1", ...headers, ...sent];
  return `${head.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

function open(port: number, line: Line): Socket {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    line.text += chunk;
    if (!isWhole(line.text)) return;
    const isGood = line.text.startsWith(`HTTP/1.1 ${line.wanted} `);
    line.settle?.(isGood ? undefined : new Error(`The door answered: ${line.text.slice(0, 500)}`));
  });
  socket.on("error", () => {}); // What it means is told when it closes.
  socket.on("close", () => {
    line.socket = null;
    line.settle?.(new Error("The door closed the connection."));
  });
  return socket;
}

/** An answer says how long it is, or ends with a chunk of nothing. */
function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head)) ?? [];
  if (length !== undefined) return text.length >= head + 4 + Number(length);
  return text.endsWith("\r\n0\r\n\r\n");
}
