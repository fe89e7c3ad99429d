import type { ApiDocument } from "#lib/web/api-document";
import { exampleOf, wordsFor } from "#lib/web/api-fields";
import type { Method, Operation, Parameter } from "#lib/web/api-operation";
import type { Components } from "#lib/web/api-schemas";

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
  const api = document.servers[0]!.url;
  const query = queryOf(operation, schemas);
  const content = operation.requestBody?.content["application/json"];
  const body = content && JSON.stringify(exampleOf(content.schema, schemas), null, 2);
  const byKey = operation["x-people-only"] === undefined && operation.security.length > 0;
  const isPersons = !byKey && operation.security.length > 0;
  const isWrite = operation.parameters.some((one) => "$ref" in one);
  const files = Object.entries(content ? {} : (operation.requestBody?.content ?? {}));
  const [file] = files.map(([type, { example }]) => ({ type, example: String(example) }));
  const parts = { body, file, byKey, isPersons, isWrite, origin: new URL(api).origin };
  return {
    curl: curl(method, `${api}${addressOf(path, shellName)}${query}`, parts),
    typescript: script(method, `${api}${addressOf(path, scriptName)}${query}`, parts),
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

type Parts = {
  body: string | undefined;
  /** A file that is sent as it is. */
  file: { type: string; example: string } | undefined;
  byKey: boolean;
  /** For people alone: as their browser would, by its session. */
  isPersons: boolean;
  isWrite: boolean;
  origin: string;
};

function curl(method: Method, url: string, parts: Parts): string {
  const { body, file, byKey, isPersons, isWrite, origin } = parts;
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${url}"`,
    ...(byKey ? [`-H "Authorization: Bearer $LOCKSTEP_API_KEY"`] : []),
    ...(isPersons ? [`-b "next-auth.session-token=$LOCKSTEP_SESSION"`] : []),
    ...(isPersons && method !== "GET" ? [`-H "Origin: ${origin}"`] : []),
    ...(isWrite && byKey ? [`-H "Idempotency-Key: $(openssl rand -hex 16)"`] : []),
    ...(body
      ? [`-H "Content-Type: application/json"`, `-d '${body.replaceAll("'", "'\\''")}'`]
      : []),
    ...(file ? [`-H "Content-Type: ${file.type}"`, `--data-binary "${file.example}"`] : []),
  ].join(" \\\n  ");
}

function script(method: Method, url: string, parts: Parts): string {
  const { body, file, byKey, isWrite } = parts;
  const headers = [
    ...(byKey
      ? [`authorization: "Bearer " + apiKey, // From where your program keeps secrets.`]
      : []),
    ...(isWrite && byKey ? [`"idempotency-key": crypto.randomUUID(),`] : []),
    ...(body ? [`"content-type": "application/json",`] : []),
    ...(file ? [`"content-type": "${file.type}",`] : []),
  ];
  const options = [
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...(headers.length ? ["  headers: {", ...headers.map((line) => `    ${line}`), "  },"] : []),
    ...(body ? [`  body: JSON.stringify(${body.replaceAll("\n", "\n  ")}),`] : []),
  ];
  if (file) options.push(`  body: file, // Its bytes, as they are.`);
  const at = url.includes("${") ? `\`${url}\`` : `"${url}"`;
  const call = options.length ? `fetch(${at}, {\n${options.join("\n")}\n})` : `fetch(${at})`;
  const failed = "const problem = await response.json();\n  throw new Error(problem.detail);";
  return `const response = await ${call};\nif (!response.ok) {\n  ${failed}\n}`;
}

/** What stands for a part of the path is a variable, so that it can be set before. */
function addressOf(path: string, nameOf: (part: string) => string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, part) =>
    part === "tenant" ? exampleSlug : nameOf(part),
  );
}

/** The workspace of the demo, in which the examples can be tried. */
export const exampleSlug = "northbeam";

const shellName = (part: string) => `$${part.toUpperCase()}`;
const scriptName = (part: string) => `\${${part}}`;

/** Only what must be said. */
function queryOf(operation: Operation, schemas: Components): string {
  const needed = ownParameters(operation).filter((one) => one.in === "query" && one.required);
  if (!needed.length) return "";
  const search = needed.map(({ name, schema }) => {
    const value = String(exampleOf(schema, schemas));
    return [name, value === "text" ? (wordsFor[name] ?? value) : value];
  });
  return `?${new URLSearchParams(search)}`;
}
