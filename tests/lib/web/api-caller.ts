import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { encode } from "next-auth/jwt";
import { loadRoutes } from "#app/api/v1/api-document";
import { type ApiDocument, describeApi, placeEndpoints } from "#lib/web/api-document";
import { listOperations } from "#lib/web/api-examples";
import type { Operation } from "#lib/web/api-operation";
import { sessionCookieName, sessionSecret } from "#lib/web/session-cookie";

export const own = "http://localhost:3000";

type Handler = (request: Request, at: object) => Promise<Response>;
/** Whoever asks: a key, a signed-in browser, or nobody. */
export type Caller = { key: string } | { sessionId: string } | undefined;
export type Sent = {
  parts?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** A file, in place of a body. */
  pdf?: Buffer;
  csv?: string;
  as?: Caller;
};

export type ApiCaller = {
  document: ApiDocument;
  /** Every operation, as `GET /tenants/{tenant}/invoices`. */
  operations: ReadonlyMap<string, Operation>;
  /** Those that answered as the document says, at least once. */
  called: ReadonlySet<string>;
  /** Calls an operation; fails where it refuses, or answers other than it declares. */
  call<Answer = Record<string, never>>(name: string, sent?: Sent): Promise<Answer>;
};

/** Calls the API's own handlers, and holds every answer against the closed document. */
export async function openCaller(by: (operation: Operation) => Caller): Promise<ApiCaller> {
  const routes = await loadRoutes();
  const document = describeApi(routes, `${own}/api/v1`, true);
  const handlers = new Map(
    placeEndpoints(routes).map(({ file, method, path }) => {
      return [`${method} ${path}`, routes[file]![method] as Handler];
    }),
  );
  const operations = new Map(
    listOperations(document).map(({ method, path, operation }) => [`${method} ${path}`, operation]),
  );
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, "api");
  const called = new Set<string>();

  const call = async (name: string, sent: Sent = {}) => {
    const [operation, handler] = [operations.get(name), handlers.get(name)];
    if (!operation || !handler) throw new Error(`${name}: there is no such operation`);
    const as = "as" in sent ? sent.as : by(operation);
    const request = await requestOf(name, sent, as);
    const answer = await handler(request, { params: Promise.resolve(sent.parts ?? {}) });
    const [text, type] = [await answer.text(), answer.headers.get("content-type") ?? ""];
    const declared = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
    if (String(answer.status) !== declared?.[0]) {
      throw new Error(`${name}: ${answer.status} in place of ${declared?.[0]}: ${text}`);
    }
    const content = ("content" in declared[1] && declared[1].content) || {};
    const [media] = Object.keys(content);
    if (media ? !type.startsWith(media) : text !== "") {
      throw new Error(`${name}: ${type || "nothing"} in place of ${media ?? "nothing"}: ${text}`);
    }
    const json = media === "application/json" ? JSON.parse(text) : undefined;
    if (json !== undefined) hold(ajv.compile({ $ref: answerOf(name, declared[0]) }), name, json);
    called.add(name);
    return json;
  };
  return { document, operations, called, call };
}

function hold(check: ValidateFunction, name: string, json: unknown): void {
  if (check(json)) return;
  const faults = check.errors!.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`${name} answers other than it declares:\n${faults.join("\n")}`);
}

async function requestOf(name: string, sent: Sent, as: Caller): Promise<Request> {
  const [method = "", path = ""] = name.split(" ");
  const at = path.replaceAll(/\{(\w+)\}/g, (_, part) => {
    const value = sent.parts?.[part];
    if (value === undefined) throw new Error(`${name}: say {${part}}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(sent.query);
  const headers: Record<string, string> = { ...(await headersOf(as)) };
  if (method !== "GET") headers.origin = own;
  if (sent.body !== undefined) headers["content-type"] = "application/json";
  if (sent.pdf) headers["content-type"] = "application/pdf";
  if (sent.csv) headers["content-type"] = "text/csv";
  return new Request(`${own}/api/v1${at}?${search}`, {
    ...{ method, headers },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    ...(sent.pdf && { body: new Uint8Array(sent.pdf) }),
    ...(sent.csv && { body: sent.csv }),
  });
}

async function headersOf(as: Caller): Promise<Record<string, string>> {
  if (!as) return {};
  if ("key" in as) return { authorization: `Bearer ${as.key}` };
  const token = await encode({ token: { sessionId: as.sessionId }, secret: sessionSecret() });
  return { cookie: `${sessionCookieName()}=${token}` };
}

function answerOf(name: string, status: string): string {
  const [method = "", path = ""] = name.split(" ");
  const steps = ["paths", path, method.toLowerCase(), "responses", status];
  const pointer = [...steps, "content", "application/json", "schema"]
    .map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  return `api#/${pointer}`;
}
