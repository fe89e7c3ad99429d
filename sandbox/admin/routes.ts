import { type Context, Hono } from "hono";
import type { AdminActs, Plane } from "#sandbox/admin/call";
import { adminCalls } from "#sandbox/admin/calls";
import { namespaceOf } from "#sandbox/protocol/authenticate";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import { readShape } from "#sandbox/protocol/params";

/** `/_sandbox`: move time, look inside, break things on purpose. Each key sees its own world. */
export function adminRoutes(shared: Omit<Plane, "namespace"> & { acts: AdminActs }): Hono {
  const admin = new Hono();
  admin.get("/health", (context) => context.json({ ok: true }));
  for (const [name, { params, run }] of Object.entries(adminCalls)) {
    const [method = "GET", path = "/"] = name.split(" ");
    admin.on(method, path, async (context) => {
      const namespace = shared.engine.namespaces.open(namespaceOf(context.req.raw.headers));
      const sent = readShape(params, method === "POST" ? await bodyOf(context) : {});
      const answer = await run({ ...shared, namespace }, sent, context.req.param("id") ?? "");
      return context.json(answer as object);
    });
  }
  admin.notFound((context) => {
    const message = `The admin plane has no ${context.req.method} ${context.req.path}.`;
    return context.json({ error: { type: "invalid_request_error", message } }, 404);
  });
  admin.onError((error, context) => {
    const known = error instanceof StripeError ? error : undefined;
    if (known === undefined) console.error(error);
    const body = known?.body ?? { type: "api_error", message: String(error) };
    return context.json({ error: body }, (known?.status ?? 500) as 400);
  });
  return admin;
}

async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  if (text === "") return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw invalidRequest("The admin plane takes JSON.");
  }
}
