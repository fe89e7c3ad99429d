import { createHash, randomBytes } from "node:crypto";

/** A secret that travels by mail, and the only form in which we keep it. */
export type MailedSecret = { readonly secret: string; readonly hash: string };

export function newSecret(): MailedSecret {
  const secret = randomBytes(32).toString("base64url");
  return { secret, hash: hashSecret(secret) };
}

/** 256 random bits cannot be guessed from a plain SHA-256, so no slow hash is needed. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
