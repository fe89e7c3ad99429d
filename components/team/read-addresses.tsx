/** The addresses in a text, however they are separated, each once; and the parts that are none. */
export function readAddresses(text: string): { addresses: string[]; bad: string[] } {
  const parts = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^<|>$/g, "").toLowerCase())
    .filter(Boolean);
  const unique = [...new Set(parts)];
  return {
    addresses: unique.filter((part) => addressForm.test(part)),
    bad: unique.filter((part) => !addressForm.test(part)),
  };
}

/** Only what is plainly not an address; the server judges the rest. */
const addressForm = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
