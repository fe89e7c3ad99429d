import { execFile } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { loadRoutes } from "#app/api/v1/api-document";
import { placeEndpoints } from "#lib/web/api-document";

type Handler = (request: Request, at: object) => Promise<Response>;
type Route = { method: string; pattern: RegExp; parts: string[]; handler: Handler };

/** The API's own handlers behind an address, found by their paths as Next finds them. */
export async function openApiServer(): Promise<{ url: string; close(): void }> {
  const modules = await loadRoutes();
  const routes = placeEndpoints(modules)
    .map(({ file, method, path }): Route => {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part!);
      const pattern = new RegExp(`^/api/v1${path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`);
      return { method, pattern, parts, handler: modules[file]![method] as Handler };
    })
    .sort((left, right) => left.parts.length - right.parts.length);
  const server = createServer(async (incoming, outgoing) => {
    const answer = await answerTo(incoming, routes);
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => void server.close() };
}

async function answerTo(incoming: IncomingMessage, routes: Route[]): Promise<Response> {
  const { method = "GET", headers, url = "/" } = incoming;
  const whole = new URL(url, `http://${headers.host}`);
  const found = routes.find((one) => one.method === method && one.pattern.test(whole.pathname));
  if (!found) return new Response("no such path", { status: 501 });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const values = found.pattern.exec(whole.pathname)!.slice(1).map(decodeURIComponent);
  const params = Object.fromEntries(found.parts.map((part, index) => [part, values[index]!]));
  const request = new Request(whole, {
    ...{ method, headers: headers as Record<string, string> },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  return found.handler(request, { params: Promise.resolve(params) });
}

const run = promisify(execFile);

/** Runs a line as somebody who pastes it; the status it was answered with, and the answer. */
export async function paste(
  line: string,
  variables: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const asked = line.replace("curl ", `curl -s -w '\\n%{http_code}' `);
  const env = { ...process.env, ...variables };
  const { stdout } = await run("/bin/sh", ["-c", asked], { env, maxBuffer: 1 << 26 });
  const at = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(at + 1)), text: stdout.slice(0, at) };
}
