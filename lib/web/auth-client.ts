/**
 * What a browser says to next-auth's routes: three posts, each with its token against forgery.
 * The library's own client does the same with 10 KB more and a session poll we have no use for.
 */

/** Signs in by password. Returns the route's error word, or nothing where it worked. */
export async function postPassword(email: string, password: string): Promise<string | undefined> {
  const url = await post("callback/credentials", { email, password });
  if (!url) return "unavailable";
  return new URL(url, window.location.origin).searchParams.get("error") ?? undefined;
}

/** Where to go to sign in at a provider; nothing if that cannot be had now. */
export function postProvider(id: string, callbackUrl: string): Promise<string | undefined> {
  return post(`signin/${encodeURIComponent(id)}`, { callbackUrl });
}

/** Ends this browser's session. */
export async function postSignOut(): Promise<void> {
  await post("signout", { callbackUrl: "/" });
}

async function post(path: string, fields: Record<string, string>): Promise<string | undefined> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const answer = await fetch(`/api/auth/${path}`, {
      method: "POST",
      body: new URLSearchParams({ callbackUrl: "/", ...fields, csrfToken, json: "true" }),
    });
    const { url } = (await answer.json()) as { url?: string };
    return url;
  } catch {
    return undefined;
  }
}
