import { env } from "#lib/env";

/** Where the reference explains a problem: what RFC 9457 calls its type. */
export function problemType(code: string): string {
  return new URL(`/reference/errors#${code}`, env().LOCKSTEP_URL).href;
}
