import { readdirSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, expect, test } from "vitest";
import { loadRoutes } from "#app/api/v1/api-document";
import { areaOfPath } from "#lib/web/api-areas";
import { describeApi, type Placed, placeEndpoints, type RouteModules } from "#lib/web/api-document";
import { setEnvironment } from "#tests/support/environment";

/** Files without an endpoint made by `route`, each with the reason. */
const plain: Record<string, string> = {
  "./[...path]/route.ts": "whatever is no operation is told so",
  "./openapi.json/route.ts": "is the description itself",
  "./session/home/route.ts": "sends a browser on after it signed in elsewhere",
};

let routeModules: RouteModules;
let placed: Placed[];
beforeAll(async () => {
  setEnvironment({});
  routeModules = await loadRoutes();
  placed = placeEndpoints(routeModules);
});

test("every route file is in the API's document", () => {
  const files = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("route.ts"))
    .map((path) => `./${path}`);
  const described = new Set(placed.map(({ file }) => file));
  expect(files.filter((file) => !described.has(file) && !(file in plain))).toEqual([]);
});

test("every endpoint says what it does: add `summary` to the file named here", () => {
  const silent = placed.filter(({ endpoint }) => !endpoint.summary);
  expect(silent.map(({ file, method }) => `${method} ${file}`)).toEqual([]);
});

test("every endpoint that answers with JSON says how: add `answer` to the file named here", () => {
  const silent = placed.filter(({ method, endpoint }) => {
    const mustAnswer = method === "GET" || endpoint.status === 201 || endpoint.status === 202;
    return mustAnswer && !endpoint.answer && !endpoint.answersWith;
  });
  expect(silent.map(({ file, method }) => `${method} ${file}`)).toEqual([]);
});

test("every path has an area: add its first part to lib/web/api-areas.ts", () => {
  const lost = placed.filter(({ path }) => areaOfPath(path) === undefined);
  expect(lost.map(({ path }) => path)).toEqual([]);
});

test("no two operations share a name, and no summary says two things in one area", () => {
  const names = placed.map(({ method, path, endpoint }) => {
    return `${areaOfPath(path)}: ${endpoint.summary} (${method})`;
  });
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("what reads a parameter of the path has it in the path", () => {
  const stray = placed.flatMap(({ file, path, endpoint }) => {
    const { params } = endpoint as { params?: { shape?: object } };
    const names = Object.keys(params?.shape ?? {});
    return names.filter((name) => !path.includes(`{${name}}`)).map((name) => `${file}: ${name}`);
  });
  expect(stray).toEqual([]);
});

test("the document is valid OpenAPI 3.1", async () => {
  const document = describeApi(routeModules, "http://localhost:3000/api/v1");
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test("the validator finds a fault planted in the document", async () => {
  const document = describeApi(routeModules, "http://localhost:3000/api/v1");
  const broken = { ...structuredClone(document), info: { title: "No version" } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("every reference in the document leads somewhere", () => {
  const document = describeApi(routeModules, "http://localhost:3000/api/v1");
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, ref]) => ref!,
  );
  const lost = refs.filter((ref) => {
    let at: unknown = document;
    for (const step of ref.split("/")) at = (at as Record<string, unknown> | undefined)?.[step];
    return at === undefined;
  });
  expect([...new Set(lost)]).toEqual([]);
});
