import type { ApiDocument } from "#lib/web/api-document";
import { exampleOf } from "#lib/web/api-fields";
import type { Method, Operation, Parameter } from "#lib/web/api-operation";

/** An operation as the reference shows it. */
export type Listed = { path: string; method: Method; operation: Operation };

/** Every operation of the document, in its order. */
export function listOperations({ paths }: ApiDocument): Listed[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...{ path, method: method.toUpperCase() as Method, operation },
    })),
  );
}

/** The same call in both ways people write it. */
export type Example = { curl: string; typescript: string };

export function exampleFor({ path, method, operation }: Listed, document: ApiDocument): Example {
  const { schemas } = document.components;
  const url = `${document.servers[0]!.url}${addressOf(path)}${queryOf(operation)}`;
  const content = operation.requestBody?.content["application/json"];
  const body = content && JSON.stringify(exampleOf(content.schema, schemas), null, 2);
  const byKey = operation["x-people-only"] === undefined && operation.security.length > 0;
  const isWrite = operation.parameters.some((one) => "$ref" in one);
  return {
    curl: curl(method, url, { body, byKey, isWrite }),
    typescript: script(method, url, { body, byKey, isWrite }),
  };
}

/** What is declared of an operation's answer, where it answers with JSON. */
export function answerSchemaOf({ responses }: Operation) {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  return success && "content" in success
    ? success.content?.["application/json"]?.schema
    : undefined;
}

/** Parameters that are written out, so without the one every write shares. */
export function ownParameters({ parameters }: Operation): Parameter[] {
  return parameters.filter((one): one is Parameter => !("$ref" in one));
}

type Parts = { body: string | undefined; byKey: boolean; isWrite: boolean };

function curl(method: Method, url: string, { body, byKey, isWrite }: Parts): string {
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${url}"`,
    ...(byKey ? [`-H "Authorization: Bearer $LOCKSTEP_API_KEY"`] : []),
    ...(isWrite && byKey ? [`-H "Idempotency-Key: $(uuidgen)"`] : []),
    ...(body
      ? [`-H "Content-Type: application/json"`, `-d '${body.replaceAll("'", "'\\''")}'`]
      : []),
  ].join(" \\\n  ");
}

function script(method: Method, url: string, { body, byKey, isWrite }: Parts): string {
  const headers = [
    ...(byKey
      ? [`authorization: "Bearer " + apiKey, // From where your program keeps secrets.`]
      : []),
    ...(isWrite && byKey ? [`"idempotency-key": crypto.randomUUID(),`] : []),
    ...(body ? [`"content-type": "application/json",`] : []),
  ];
  const options = [
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...(headers.length ? ["  headers: {", ...headers.map((line) => `    ${line}`), "  },"] : []),
    ...(body ? [`  body: JSON.stringify(${body.replaceAll("\n", "\n  ")}),`] : []),
  ];
  const call = options.length ? `fetch("${url}", {\n${options.join("\n")}\n})` : `fetch("${url}")`;
  const failed = "const problem = await response.json();\n  throw new Error(problem.detail);";
  return `const response = await ${call};\nif (!response.ok) {\n  ${failed}\n}`;
}

function addressOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    name === "tenant" ? "northbeam" : `{${name}}`,
  );
}

/** Only what must be said. */
function queryOf(operation: Operation): string {
  const needed = ownParameters(operation).filter((one) => one.in === "query" && one.required);
  if (!needed.length) return "";
  return `?${needed.map(({ name, schema }) => `${name}=${exampleOf(schema, {})}`).join("&")}`;
}
