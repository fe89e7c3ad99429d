import { invalidRequest } from "#sandbox/protocol/errors";

/** How a field is compared with a value. */
export type Operator = ":" | "~" | ">" | "<" | ">=" | "<=";

/** One condition of a query: `-metadata["order"]:"7"`. */
export interface Clause {
  readonly isNegated: boolean;
  readonly field: string;
  /** Of `metadata["order"]`, the key. */
  readonly key?: string;
  readonly operator: Operator;
  /** What it is compared with; null asks whether the field is empty. */
  readonly value: string | null;
}

/** A query, read: all of its clauses hold, or any does. */
export interface SearchQuery {
  readonly joinedBy: "and" | "or";
  readonly clauses: readonly Clause[];
}

const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/.source;
const clausePattern = new RegExp(
  `(?<minus>-?)(?<field>[a-z_][\\w.]*)(?:\\[(?<key>${quoted})\\])?` +
    `\\s*(?<operator>>=|<=|[:~><])\\s*(?<value>${quoted}|-?\\d+(?:\\.\\d+)?|null)(?![^\\s])`,
  "iy",
);
const joinPattern = /\s+(?:(and|or)\s+)?/iy;
const mostClauses = 10;

/** Reads a query in Stripe's search query language, or refuses it in Stripe's words:
 *  https://docs.stripe.com/search#search-query-language */
export function parseQuery(query: string): SearchQuery {
  const clauses: Clause[] = [];
  const joins = new Set<"and" | "or">();
  let at = query.length - query.trimStart().length;
  const whole = query.trimEnd();
  for (;;) {
    const found = matchAt(clausePattern, whole, at);
    if (found === undefined) throw unreadable();
    clauses.push(clauseFrom(found));
    at += found[0].length;
    if (at === whole.length) break;
    const join = matchAt(joinPattern, whole, at);
    if (join === undefined) throw unreadable();
    joins.add(join[1]?.toLowerCase() === "or" ? "or" : "and");
    at += join[0].length;
  }
  if (joins.size > 1) throw invalidRequest("You cannot combine AND and OR in one search query.");
  if (clauses.length > mostClauses) {
    throw invalidRequest(`A search query has up to ${mostClauses} clauses.`);
  }
  return { joinedBy: joins.has("or") ? "or" : "and", clauses };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function clauseFrom({ groups = {} }: RegExpExecArray): Clause {
  const { minus, field = "", key, operator, value = "" } = groups;
  return {
    isNegated: minus === "-",
    field: field.toLowerCase(),
    ...(key === undefined ? {} : { key: unquoted(key) }),
    operator: operator as Operator,
    value: value.toLowerCase() === "null" ? null : unquoted(value),
  };
}

function unquoted(written: string): string {
  if (!/^["']/.test(written)) return written;
  return written.slice(1, -1).replaceAll(/\\(.)/gs, "$1");
}

function unreadable() {
  return invalidRequest(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` ' +
      'to query for metadata or key:"value" to query for other fields.',
  );
}
