import { hash, verify } from "@node-rs/argon2";
import { Refusal } from "#lib/errors";

export const passwordLength = { min: 10, max: 200 } as const;

/** What guessing tries first, of those long enough to be accepted at all. */
const commonest = new Set(
  [
    "1234567890 12345678910 0123456789 0987654321 1111111111 0000000000 1q2w3e4r5t qwertyuiop",
    "qwerty123456 qwertyuiop123 password12 password123 password1234 password12345 passw0rd123",
    "passwordpassword letmein123 letmein1234 welcome123 welcome1234 iloveyou123 administrator",
    "admin12345 admin123456 changeme123 football123 baseball123 superman123 dragon1234",
    "abc1234567 abcd123456 abcdefghij asdfghjkl1 zxcvbnm123 sunshine123 princess123 monkey1234",
    "trustno1trustno1 correcthorsebatterystaple lockstep123 lockstep1234 lockstep12345",
  ].flatMap((line) => line.split(" ")),
);

// Argon2id as OWASP's password storage sheet asks: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The hash of nothing anybody has: what an unknown address is checked against.
const nobody =
  "$argon2id$v=19$m=19456,t=2,p=1$in7050jDd7h3HnLT28A1LQ$AvfSM1ruiTTXZ5vYa3CpBxy8v4SR+3EKhHDRYmnOKu0";

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

/** Refuses a password that would be guessed first: the commonest, and the person's own details. */
export function requireGoodPassword(
  password: string,
  person: { email: string; name: string },
): void {
  const plain = password.toLowerCase();
  const [localPart = ""] = person.email.split("@");
  const own = [person.email, localPart.repeat(2), person.name, person.name.replace(/\s/g, "")];
  if (commonest.has(plain) || new Set(plain).size < 4) {
    throw new Refusal("invalid", "This password is one of those tried first. Choose another.", {
      field: "password",
    });
  }
  if (own.some((detail) => detail.length > 3 && plain === detail.toLowerCase())) {
    throw new Refusal("invalid", "A password cannot be your own name or e-mail address.", {
      field: "password",
    });
  }
}
