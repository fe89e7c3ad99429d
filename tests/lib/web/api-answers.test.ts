import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRoutes } from "#app/api/v1/api-document";
import { view } from "#lib/db/transaction";
import { givableScopes } from "#lib/tenancy/api-key";
import type { TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { describeApi, placeEndpoints, type RouteModules } from "#lib/web/api-document";
import { listOperations } from "#lib/web/api-examples";
import { db } from "#lib/web/context";
import { sessionCookieName, sessionSecret } from "#lib/web/session-cookie";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import {
  newPayer,
  openPaymentsWorld,
  type Payer,
  type PaymentsWorld,
} from "#tests/lib/payments/payments-world";
import { setEnvironment } from "#tests/support/environment";
import { newMember, unique } from "#tests/support/people";

const own = "http://localhost:3000";
let world: PaymentsWorld;
let payer: Payer;
let secret: string;
let cookie: string;
let routes: RouteModules;

beforeAll(async () => {
  world = await openPaymentsWorld();
  setEnvironment({
    ...{ DATABASE_APP_URL: world.database.appUrl, STRIPE_API_BASE: world.sandbox.url },
    ...{ STRIPE_SECRET_KEY: world.sandbox.secretKey, WEBHOOK_LOOPBACK: "yes" },
  });
  routes = await loadRoutes();
  payer = await newPayer(world);
  await fill(payer.owner);
  ({ secret } = await createApiKey(payer.owner, { name: "All", scopes: givableScopes("owner") }));
  const { id: sessionId } = await view(world.system, (tx) =>
    tx.session.findFirstOrThrow({ where: { userId: payer.owner.userId } }),
  );
  const token = await encode({ token: { sessionId }, secret: sessionSecret() });
  cookie = `${sessionCookieName()}=${token}`;
}, 60_000);
afterAll(async () => {
  await db().close();
  await world.close();
});

/** One of everything that a list shows. */
async function fill(owner: TenantContext): Promise<void> {
  await newMember(world.system, owner, "developer");
  const email = `${unique("guest")}@example.com`;
  await inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  const url = "http://127.0.0.1:9/webhooks";
  await createEndpoint(owner, { url, description: "", types: ["invoice.paid"] });
}

/** What a path's own part is filled with, where such a thing is there. */
async function partsOf(owner: TenantContext): Promise<Record<string, string>> {
  return view(owner, async (tx) => ({
    tenant: owner.tenantSlug,
    invoice: payer.invoiceId,
    endpoint: (await tx.webhookEndpoint.findFirstOrThrow()).id,
    key: (await tx.apiKey.findFirstOrThrow()).id,
    event: (await tx.fact.findFirstOrThrow({ where: { kind: "invoice.paid" } })).reference,
  }));
}

test("what every read answers is what the document declares, by key and by session", async () => {
  const document = describeApi(routes, `${own}/api/v1`, true);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, "api");
  const parts = await partsOf(payer.owner);
  const handlers = new Map(
    placeEndpoints(routes).map(({ file, method, path }) => [
      `${method} ${path}`,
      routes[file]![method],
    ]),
  );
  const asked: string[] = [];
  const wrong: string[] = [];
  for (const { path, method, operation } of listOperations(document)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const isDeclared = "content" in (operation.responses["200"] ?? {});
    if (method !== "GET" || !isDeclared || operation.tags[0] === "console") continue;
    if (names.some((name) => parts[name] === undefined) || /usage\/(events\/)?\{/.test(path))
      continue;
    if (path === "/mails") continue; // Of no workspace, and another's mail at that.

    const byKey = operation["x-people-only"] === undefined && operation.security.length > 0;
    const request = new Request(`${own}/api/v1${path}?q=`, {
      headers: byKey ? { authorization: `Bearer ${secret}` } : { cookie },
    });
    const handler = handlers.get(`GET ${path}`) as (
      request: Request,
      at: object,
    ) => Promise<Response>;
    const answer = await handler(request, { params: Promise.resolve(parts) });
    asked.push(path);
    if (!answer.headers.get("content-type")?.includes("application/json")) {
      if (answer.status !== 200) wrong.push(`${path}: ${answer.status} ${await answer.text()}`);
      continue;
    }
    const pointer = `/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/get/responses/200`;
    const ref = `api#${pointer.replaceAll("{", "%7B").replaceAll("}", "%7D")}/content/application~1json/schema`;
    const check = ajv.compile({ $ref: ref });
    if (!check(await answer.json())) {
      wrong.push(
        ...check.errors!.map(
          (fault) =>
            `${path}${fault.instancePath}: ${fault.message} ${JSON.stringify(fault.params)}`,
        ),
      );
    }
  }
  expect(wrong).toEqual([]);
  expect(asked.length).toBeGreaterThan(20);
}, 60_000);
