import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import NextAuth from "next-auth";
import { authOptions } from "#lib/web/auth";
import { setEnvironment } from "#tests/support/environment";

export type Browser = {
  /** Asks one of next-auth's addresses, keeps its cookies, and says where it is sent. */
  ask(path: string, form?: Record<string, string>): Promise<{ status: number; url: string }>;
  /** Signs in by password as the form does; the error it would show, or null. */
  signIn(email: string, password: string): Promise<string | null>;
  /** Signs in at an identity provider; where one ends up. */
  signInAt(provider: string): Promise<string>;
  cookie(): string;
};

/** next-auth with our options behind a real address, as Next's route handler puts it. */
export async function openAuthServer(over: Parameters<typeof setEnvironment>[0]) {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  setEnvironment({ ...over, LOCKSTEP_URL: url });
  return { url, newBrowser: () => newBrowser(url), close: () => server.close() };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url!, "http://own.invalid");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const cookies = (request.headers.cookie ?? "").split("; ").filter(Boolean);
  Object.assign(request, {
    query: {
      ...Object.fromEntries(url.searchParams),
      nextauth: url.pathname.replace("/api/auth/", "").split("/"),
    },
    body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    cookies: Object.fromEntries(
      cookies.map((cookie) => [
        cookie.slice(0, cookie.indexOf("=")),
        decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)),
      ]),
    ),
  });
  const answers = {
    status: (code: number) => Object.assign(response, { statusCode: code }),
    json: (body: unknown) => response.end(JSON.stringify(body)),
    send: (body: unknown) => response.end(typeof body === "string" ? body : JSON.stringify(body)),
  };
  const headers = new Headers(request.headers as Record<string, string>);
  await NextAuth(request as never, Object.assign(response, answers) as never, authOptions(headers));
}

function newBrowser(base: string): Browser {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const fetchOnce = async (path: string, form?: Record<string, string>) => {
    const answer = await fetch(new URL(path, base), {
      redirect: "manual",
      headers: { cookie: cookie(), "user-agent": "Test browser" },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value && !/max-age=0/i.test(set)) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  };
  const ask: Browser["ask"] = async (path, form) => {
    const { csrfToken } = (await (await fetchOnce("/api/auth/csrf")).json()) as {
      csrfToken: string;
    };
    const sent = form && { csrfToken, callbackUrl: base, json: "true", ...form };
    const answer = await fetchOnce(path, sent);
    const body = answer.headers.get("location") ?? (await answer.text());
    const url = body.startsWith("{") ? (JSON.parse(body) as { url?: string }).url : body;
    return { status: answer.status, url: url ?? body };
  };
  return {
    ask,
    cookie,
    signIn: async (email, password) => {
      const { url } = await ask("/api/auth/callback/credentials", { email, password });
      return new URL(url).searchParams.get("error");
    },
    signInAt: async (provider) => {
      const { url } = await ask(`/api/auth/signin/${provider}`, {});
      const back = await fetch(url, { redirect: "manual" });
      const arrived = await fetchOnce(back.headers.get("location")!);
      return arrived.headers.get("location")!;
    },
  };
}
