import { adminCalls } from "#sandbox/admin/calls";
import type { ActCall } from "#sandbox/console/act";
import type { Place } from "#sandbox/console/place";
import { answerRequest } from "#sandbox/protocol/answer";
import { StripeError } from "#sandbox/protocol/errors";
import { readShape } from "#sandbox/protocol/params";
import { ConnectionCut } from "#sandbox/protocol/suffer-fault";

/** How a call ended: with an answer, or with what was said against it. */
export type Outcome =
  | { isDone: true; answer: Record<string, unknown> }
  | { isDone: false; status: number; message: string };

/** Makes a call with this world's own key, through the very handlers a program reaches. */
export async function runCall(place: Place, call: ActCall, id = ""): Promise<Outcome> {
  return call.plane === "admin" ? runAdmin(place, call, id) : runApi(place, call);
}

async function runAdmin(place: Place, call: ActCall, id: string): Promise<Outcome> {
  const { engine, scheduler, acts, namespace } = place;
  const known = adminCalls[call.name];
  if (known === undefined) return refused(501, "This local Stripe cannot do that yet.");
  try {
    const sent = readShape(known.params, call.body ?? {});
    const answer = await known.run({ engine, scheduler, acts, namespace }, sent, id);
    return { isDone: true, answer: (answer ?? {}) as Record<string, unknown> };
  } catch (error) {
    if (error instanceof StripeError) return refused(error.status, error.message);
    console.error(error);
    return refused(500, String(error));
  }
}

async function runApi(place: Place, { name, body = {} }: ActCall): Promise<Outcome> {
  const { engine, namespace, account, isPlatform, origin } = place;
  const [method = "GET", path = "/"] = name.split(" ");
  const isJson = path.startsWith("/v2");
  const text = isJson ? JSON.stringify(body) : formOf(body);
  const headers = {
    authorization: `Bearer sk_test_${namespace.name}`,
    "content-type": isJson ? "application/json" : "application/x-www-form-urlencoded",
    ...(isPlatform ? {} : { "stripe-account": account }),
  };
  const isSent = method !== "GET" && text !== "" && text !== "{}";
  const request = new Request(`${origin()}${path}`, {
    ...{ method, headers },
    ...(isSent ? { body: text } : {}),
  });
  try {
    const response = await answerRequest(engine, request);
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.ok) return { isDone: true, answer };
    const { message } = answer.error as { message: string };
    return refused(response.status, message);
  } catch (error) {
    if (!(error instanceof ConnectionCut)) throw error;
    return refused(499, error.message);
  }
}

/** A body as Stripe's bracket form. */
function formOf(body: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    const all = Array.isArray(value) ? value : [value];
    for (const each of all) search.append(Array.isArray(value) ? `${name}[]` : name, String(each));
  }
  return search.toString();
}

function refused(status: number, message: string): Outcome {
  return { isDone: false, status, message };
}
