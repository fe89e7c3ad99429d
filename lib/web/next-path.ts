/**
 * Where to go after signing in, from the address bar: a path of ours, or the fallback. Anything
 * that could lead to another site ("//evil", "/\evil", "https:…") is not taken.
 */
export function nextPath(asked: string | string[] | undefined, fallback: string): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])/.test(asked)) return fallback;
  const base = "http://own.invalid";
  const url = URL.canParse(asked, base) ? new URL(asked, base) : undefined;
  return url?.origin === base ? url.pathname + url.search + url.hash : fallback;
}
