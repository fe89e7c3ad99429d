import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";

const modules: Record<string, string> = {
  "/connect-js.mjs": "@stripe/connect-js/dist/pure.esm.js",
  "/stripe-js.mjs": "@stripe/stripe-js/dist/pure.mjs",
};

/** A page of somebody's shop: it loads the stand-ins, and Stripe's own loaders find them. */
export interface Host {
  url: string;
  close(): Promise<void>;
}

/** Serves an empty page with the policy the README tells a host to have, Stripe's own loaders, and
 *  what `answers` gives under a path. */
export async function startHost(
  stripe: string,
  answers: Record<string, () => Promise<unknown>>,
): Promise<Host> {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${stripe} 'unsafe-inline'`,
    `frame-src ${stripe}`,
    `connect-src 'self' ${stripe}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
  ].join("; ");
  const server: Server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    const answer = answers[path];
    if (answer !== undefined) {
      response.setHeader("content-type", "application/json");
      return response.end(JSON.stringify(await answer()));
    }
    const module = modules[path];
    if (module !== undefined) {
      response.setHeader("content-type", "text/javascript");
      return response.end(readFileSync(join("node_modules", module)));
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", policy);
    return response.end(page(stripe));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const page = (stripe: string) => `<!doctype html><html lang="en"><head><title>Host</title>
<link rel="icon" href="data:," /><meta name="viewport" content="width=device-width" />
<meta name="color-scheme" content="light dark" />
<script src="${stripe}/_js/connect.js"></script>
<script src="${stripe}/_js/stripe.js"></script></head>
<body><main><h1>Host</h1><div id="place"></div></main></body></html>`;
