import { hash, verify } from "@node-rs/argon2";

// Argon2id as OWASP's password storage sheet asks: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The hash of nothing anybody has: what an unknown address is checked against.
const nobody =
  "$argon2id$v=19$m=19456,t=2,p=1$in7050jDd7h3HnLT28A1LQ$AvfSM1ruiTTXZ5vYa3CpBxy8v4SR+3EKhHDRYmnOKu0";

/** The only form in which a password is kept. Slow on purpose. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Checks a password. Where there is no hash it takes as long as where there is one. */
export async function isPasswordOf(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const isRight = await verify(passwordHash ?? nobody, password);
  return isRight && passwordHash != null;
}
