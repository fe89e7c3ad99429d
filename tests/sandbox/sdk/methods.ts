import Stripe from "stripe";

/** A method of the SDK's, by the path to it (`checkout.sessions.expire`), and the route it calls. */
export type SdkMethod = {
  name: string;
  route: string;
  /** Calls it with these ids; without any, with as many as it takes that name nothing. */
  call(
    stripe: Stripe,
    ids?: readonly string[],
    params?: object,
    options?: Stripe.RequestOptions,
  ): Promise<unknown>;
};

type Resource = Record<string, unknown> & {
  _makeRequest?: (method: string, path: string) => unknown;
};
type Method = (...args: unknown[]) => unknown;

const nothing = "id_of_nothing";

/** Every method of the installed SDK that makes a request, found by walking a client. */
export function methodsOfSdk(): SdkMethod[] {
  const found: SdkMethod[] = [];
  const seen = new Set<unknown>();
  const walk = (resource: Resource, path: readonly string[]): void => {
    seen.add(resource);
    for (const name of namesOf(resource)) {
      const asked = routeOf(resource, name);
      if (!asked) continue;
      const { route, ids } = asked;
      const whole = [...path, name];
      const nobodys = Array<string>(ids).fill(nothing);
      const call: SdkMethod["call"] = async (stripe, own = nobodys, ...rest) =>
        at(stripe, whole)(...own, ...rest);
      found.push({ name: whole.join("."), route, call });
    }
    for (const [name, inner] of Object.entries(resource)) {
      if (name.startsWith("_") || name === "stripe" || seen.has(inner)) continue;
      if (typeof inner === "object" && inner !== null) walk(inner as Resource, [...path, name]);
    }
  };
  walk(new Stripe("sk_test_nobody") as unknown as Resource, []);
  return found;
}

/** The methods of a resource; a client has none of its own that make a request. */
function namesOf(resource: Resource): string[] {
  if (typeof resource._makeRequest !== "function") return [];
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(resource));
  return names.filter((name) => name !== "constructor" && !name.startsWith("_"));
}

/** Which route a method calls, and how many ids that has: it is run with the request cut off. */
function routeOf(resource: Resource, name: string): { route: string; ids: number } | undefined {
  let asked: { route: string; ids: number } | undefined;
  const listener: Resource = Object.create(resource);
  listener._makeRequest = (method, path) => {
    const ids = path.split(nothing).length - 1;
    asked ??= { route: `${method} ${path.replaceAll(nothing, ":id")}`, ids };
    return Promise.resolve({});
  };
  try {
    (listener[name] as Method)(...Array(4).fill(nothing));
  } catch {
    // It wanted something else of its arguments before it asked.
  }
  return asked;
}

function at(stripe: Stripe, path: readonly string[]): Method {
  const name = path.at(-1)!;
  const resource = path
    .slice(0, -1)
    .reduce<Resource>((inner, part) => inner[part] as Resource, stripe as unknown as Resource);
  return (...args) => (resource[name] as Method)(...args);
}
