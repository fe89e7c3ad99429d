import Stripe from "stripe";
import type { SdkMethod } from "#tests/sandbox/sdk/methods";

/** What a list asks for by itself, from what was found before it. */
type Wants = Readonly<Record<string, (found: Found) => object>>;
type Found = (collection: string) => string;

const wants: Wants = {
  "GET /v1/subscription_items": (found) => ({ subscription: found("/v1/subscriptions") }),
  "GET /v1/billing/credit_balance_transactions": (found) => ({ customer: found("/v1/customers") }),
  "GET /v1/entitlements/active_entitlements": (found) => ({ customer: found("/v1/customers") }),
  "GET /v1/radar/value_list_items": (found) => ({ value_list: found("/v1/radar/value_lists") }),
  "GET /v1/treasury/transactions": (found) => ({ financial_account: account(found) }),
  "GET /v1/treasury/received_credits": (found) => ({ financial_account: account(found) }),
  "GET /v1/treasury/outbound_payments": (found) => ({ financial_account: account(found) }),
  "GET /v1/credit_notes/preview/lines": (found) => ({ invoice: found("/v1/invoices"), amount: 1 }),
  "GET /v1/tax/locations": () => ({ type: "performance" }),
};
/** Every search of a resource finds what was made, or what is in use. */
const searched = (url: string) => {
  if (!url.endsWith("/search")) return undefined;
  const query = /\/(prices|products)\//.test(url) ? "active:'true'" : "created>0";
  return () => ({ query });
};
const account = (found: Found) => found("/v1/treasury/financial_accounts");

/**
 * Drives through the SDK all that a world holds: lists every collection, reads each kind of object
 * by its id, lists and reads what lies inside it, and updates it. Answers the routes that worked.
 */
export async function walkSurface(
  stripe: Stripe,
  methods: readonly SdkMethod[],
  options: Stripe.RequestOptions = {},
): Promise<Set<string>> {
  const ids = new Map<string, string[][]>();
  const driven = new Set<string>();
  const found: Found = (collection) => ids.get(collection)?.[0]?.at(-1) ?? "none";
  const drive = async ({ route, call }: SdkMethod, path: readonly string[], params: object) => {
    const answer = await answerOf(() => call(stripe, path, params, options));
    if (answer === undefined) return undefined;
    driven.add(route);
    return answer;
  };

  for (const method of inOrder(methods)) {
    const [verb, url = ""] = method.route.split(" ");
    const asked = (wants[method.route] ?? searched(url))?.(found);
    const params = verb === "POST" ? { metadata: { seen: "yes" } } : asked;
    for (const path of pathsTo(url, ids)) {
      const answer = await drive(method, path, params ?? {});
      const listed = (answer as { data?: { id: string }[] } | undefined)?.data;
      if (!Array.isArray(listed)) {
        if (answer !== undefined) break;
        continue;
      }
      const inside = listed.slice(0, 8).map(({ id }) => [...path, id]);
      ids.set(url, [...(ids.get(url) ?? []), ...inside]);
    }
  }
  return driven;
}

/** Lists before what is in them, what is read before what is changed; of acts, updates alone. */
function inOrder(methods: readonly SdkMethod[]): SdkMethod[] {
  const depth = ({ route }: SdkMethod) => route.split(":id").length;
  const isUpdate = ({ route }: SdkMethod) => /^POST .*:id$/.test(route);
  const reads = methods.filter(({ route }) => route.startsWith("GET "));
  const asks = ({ route }: SdkMethod) => Number(route in wants);
  reads.sort((left, right) => depth(left) - depth(right) || asks(left) - asks(right));
  return [...reads, ...methods.filter(isUpdate)];
}

/** The ids that lead to a URL: those of the collections its `:id`s stand behind. */
function pathsTo(url: string, ids: ReadonlyMap<string, string[][]>): string[][] {
  const last = url.lastIndexOf("/:id");
  if (last < 0) return [[]];
  return (ids.get(url.slice(0, last)) ?? []).slice(0, 12);
}

async function answerOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500) return;
    throw error;
  }
}
