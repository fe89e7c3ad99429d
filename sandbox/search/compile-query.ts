import { invalidRequest } from "#sandbox/protocol/errors";
import { type Field, fieldOf, type Searchable } from "#sandbox/search/fields";
import { type Clause, type Operator, parseQuery } from "#sandbox/search/parse-query";
import type { Condition } from "#sandbox/store/objects";

/** Turns a search query into a condition on a resource's rows, or refuses it. */
export function compileQuery(resource: Searchable, query: string): Condition {
  const { joinedBy, clauses } = parseQuery(query);
  const parts = clauses.map((clause) => conditionOf(resource, clause));
  return {
    sql: `(${parts.map(({ sql }) => sql).join(joinedBy === "or" ? " OR " : " AND ")})`,
    values: parts.flatMap(({ values }) => values),
  };
}

function conditionOf(resource: Searchable, clause: Clause): Condition {
  const field = fieldOf(resource, clause.field);
  const isMetadata = clause.field === "metadata";
  if (field === undefined || isMetadata !== (clause.key !== undefined)) {
    throw unsupportedField(resource, clause.field);
  }
  checkOperator(field, clause);
  const { sql, values } = isMetadata ? byKey(clause) : byPath(field, clause);
  // What is empty is not anything, so it is found by every negation.
  return { sql: clause.isNegated ? `NOT coalesce(${sql}, FALSE)` : sql, values };
}

function byKey({ key = "", value }: Clause): Condition {
  const at = "SELECT 1 FROM json_each(objects.json, '$.metadata') WHERE json_each.key = ?";
  if (value === null) return { sql: `NOT EXISTS (${at})`, values: [key] };
  return { sql: `EXISTS (${at} AND fold(json_each.value) = fold(?))`, values: [key, value] };
}

function byPath({ type, path }: Field, { field, operator, value }: Clause): Condition {
  const place = `$.${path ?? field}`;
  const at = "json_extract(json, ?)";
  if (value === null) return { sql: `${at} IS NULL`, values: [place] };
  if (type === "numeric") {
    const sign = operator === ":" ? "=" : operator;
    return { sql: `${at} ${sign} CAST(? AS NUMERIC)`, values: [place, value] };
  }
  if (operator === "~") return { sql: `instr(fold(${at}), fold(?)) > 0`, values: [place, value] };
  if (type === "token" && (value === "true" || value === "false")) {
    return { sql: "json_type(json, ?) = ?", values: [place, value] };
  }
  return { sql: `fold(${at}) = fold(?)`, values: [place, value] };
}

const takes: Record<Field["type"], readonly Operator[]> = {
  numeric: [":", ">", "<", ">=", "<="],
  string: [":", "~"],
  token: [":"],
};

function checkOperator({ type }: Field, { field, operator, value }: Clause): void {
  if (!takes[type].includes(operator) || (value === null && operator !== ":")) {
    throw invalidRequest(`Field \`${field}\` does not support the operator \`${operator}\`.`);
  }
  if (operator === "~" && (value ?? "").length < 3) {
    throw invalidRequest("Substring search takes at least 3 characters.");
  }
  if (type !== "numeric" || value === null || /^-?\d+(\.\d+)?$/.test(value)) return;
  throw invalidRequest(`Field \`${field}\` is numeric and cannot be compared with \`${value}\`.`);
}

function unsupportedField(resource: Searchable, field: string) {
  const page = `http://stripe.com/docs/search#query-fields-for-${resource.replaceAll("_", "-")}`;
  return invalidRequest(
    `Field \`${field}\` is an unsupported search field for resource \`${resource}\`. ` +
      `See ${page} for a list of supported fields.`,
  );
}
