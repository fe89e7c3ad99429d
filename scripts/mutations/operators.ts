/** What is done to the text between the marks of a place. */
export const operators = {
  /** A bound that is within becomes one that is not, and the reverse. */
  boundary: instead({ "<": "<=", "<=": "<", ">": ">=", ">=": ">" }),
  opposite: instead({
    ...{ "===": "!==", "!==": "===", "=": "<>", "<>": "=", "<": ">=", ">": "<=" },
    ...{ "+": "-", "-": "+", AND: "OR", "&&": "||", "||": "&&" },
    ...{ debit: "credit", credit: "debit", from: "to", to: "from" },
  }),
  /** Two of a list change places: what is debited with what is credited, say. */
  swapped: (text: string): string => {
    const parts = text.split(", ");
    if (parts.length !== 2) throw new Error(`There are no two to swap in "${text}".`);
    return parts.toReversed().join(", ");
  },
  dropped: (): string => "",
  always: (): string => "true",
  never: (): string => "false",
  /** A constant that is one more. */
  more: (text: string): string => {
    const [, digits, suffix] = /^(\d+)(n?)$/.exec(text) ?? [];
    if (!digits) throw new Error(`"${text}" is no whole number.`);
    return `${BigInt(digits) + 1n}${suffix}`;
  },
} as const satisfies Record<string, (text: string) => string>;

export type Operator = keyof typeof operators;

function instead(words: Readonly<Record<string, string>>) {
  return (text: string): string => {
    const other = words[text];
    if (other === undefined) throw new Error(`There is nothing to put instead of "${text}".`);
    return other;
  };
}
