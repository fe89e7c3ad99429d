const here = "http://here.invalid";

/**
 * A path of our own to go on to, or nothing. An address of another site, however it is dressed up
 * (`//evil`, `/\evil`, `javascript:`), is nothing.
 */
export function localPath(wanted: unknown): string | undefined {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || wanted.length > 2000) {
    return undefined;
  }
  try {
    const { origin, pathname, search, hash } = new URL(wanted, here);
    // Sign-in would come back to itself; the API is not a place to be; "/.//evil" becomes "//evil".
    const isPlace = !/^\/(api|sign-in)(\/|$)|^\/\//.test(pathname);
    return origin === here && isPlace ? `${pathname}${search}${hash}` : undefined;
  } catch {
    return undefined;
  }
}
