import { invalidParam } from "#sandbox/protocol/errors";

/** Neither a NUL nor half of a character can be kept as it came. */
export function checkCharacters(value: string, name: string): void {
  if (value.isWellFormed() && !value.includes("\0")) return;
  const message = "Invalid string: it has a null byte or is not valid Unicode.";
  throw invalidParam(name, message, "invalid_characters");
}

const most = { keys: 40, values: 500 };

/** Stripe keeps fifty keys of metadata, whether they come at once or one after the other. */
export function checkCount(count: number, name = "metadata"): void {
  if (count <= 50) return;
  const message = `Metadata can have up to 50 keys, but you've set ${count}.`;
  const where = "Email us at support+metadata@stripe.com for more information.";
  throw invalidParam(name, `${message} ${where}`);
}

/** Stripe keeps short metadata: https://docs.stripe.com/metadata#data */
export function checkLength(
  which: "keys" | "values",
  value: string,
  key: string,
  name: string,
): void {
  checkCharacters(value, `${name}[${key}]`);
  if (value.length <= most[which]) return;
  const message =
    `Metadata ${which} can have up to ${most[which]} characters, but you passed in a ` +
    `${which.slice(0, -1)} that is ${value.length} characters. Invalid ${which.slice(0, -1)}: `;
  throw invalidParam(`${name}[${key}]`, message + value);
}
