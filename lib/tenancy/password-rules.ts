import { Refusal } from "#lib/errors";

/** How long a password may be: long enough to resist guessing, short enough to hash. */
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
