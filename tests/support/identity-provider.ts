import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the provider says about whoever signs in next. */
export type Claims = { sub: string; email: string; email_verified: boolean; name: string };

/** An OpenID Connect provider where everybody is let in at once, as the claims say. */
export async function openIdentityProvider(clientId: string) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const nonces = new Map<string, string>();
  let claims: Claims | undefined;
  let issuer = "";

  const token = (nonce: string | undefined) => {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce, ...claims };
    const signed = [{ alg: "RS256", kid: "key" }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
  };
  const answers: Record<string, (search: URLSearchParams) => object | URL> = {
    "/.well-known/openid-configuration": () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    }),
    "/keys": () => ({
      keys: [{ ...publicKey.export({ format: "jwk" }), kid: "key", alg: "RS256", use: "sig" }],
    }),
    "/authorize": (search) => {
      const back = new URL(search.get("redirect_uri")!);
      const code = `code-${nonces.size}`;
      nonces.set(code, search.get("nonce") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", search.get("state") ?? "");
      return back;
    },
    "/token": (sent) => ({
      access_token: "access",
      token_type: "Bearer",
      id_token: token(nonces.get(sent.get("code") ?? "")),
    }),
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, issuer);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const sent = body ? new URLSearchParams(body) : url.searchParams;
    say(response, answers[url.pathname]?.(sent));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    letIn: (next: Claims) => {
      claims = next;
    },
    close: () => server.close(),
  };
}

function say(response: ServerResponse, answer: object | URL | undefined): void {
  if (answer instanceof URL) response.writeHead(302, { location: answer.href }).end();
  else if (answer) {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  } else response.writeHead(404).end();
}
