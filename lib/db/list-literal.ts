/**
 * Values as PostgreSQL reads a list of them: texts, numbers, booleans, instants, null. `pg` makes
 * one too, but writes an instant part by part in local time and searches every text twice.
 */
export function listLiteral(values: readonly unknown[]): string {
  let text = "{";
  for (let place = 0; place < values.length; place += 1) {
    if (place > 0) text += ",";
    text += element(values[place]);
  }
  return `${text}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (value instanceof Date) return `"${value.toISOString()}"`;
  const text = String(value);
  return `"${special.test(text) ? text.replace(/["\\]/g, "\\$&") : text}"`;
}
const special = /["\\]/;
