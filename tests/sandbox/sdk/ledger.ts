import { createMatcher } from "#sandbox/protocol/match";
import { routes } from "#sandbox/resources/routes";
import type { Exchange } from "#sandbox/server";

/** Which routes have answered the official SDK with a success, as the server saw it. */
export interface Ledger {
  hear(exchange: Exchange): void;
  succeeded(): ReadonlySet<string>;
}

const match = createMatcher(routes);

/** The route an exchange was with, by the name it has in the table of what is built. */
export function routeOf({ request }: Pick<Exchange, "request">): string | undefined {
  const found = match(request.method, new URL(request.url).pathname);
  return found.found === "built" ? found.name : undefined;
}

/** Starts an empty ledger. Only what the official SDK asked for itself counts. */
export function createLedger(): Ledger {
  const names = new Set<string>();
  return {
    hear(exchange) {
      const isSdk = exchange.request.headers.get("user-agent")?.startsWith("Stripe/");
      const isSuccess = exchange.status >= 200 && exchange.status < 300;
      const name = isSdk && isSuccess ? routeOf(exchange) : undefined;
      if (name !== undefined) names.add(name);
    },
    succeeded: () => names,
  };
}
