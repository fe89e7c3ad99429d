import { invalidRequest } from "#sandbox/protocol/errors";

/** A decoded body: text, lists and objects, before any schema is applied. */
export type FormValue = string | FormValue[] | FormObject;
export interface FormObject {
  [name: string]: FormValue;
}

/** Decodes Stripe's bracket forms: `items[0][price]=x`, `expand[]=y`, `metadata[a]=b`. */
export function decodeForm(body: string): FormObject {
  if (/%(?![0-9a-f]{2})/i.test(body)) throw invalidRequest("Invalid %-encoding in the request.");
  const root: FormObject = Object.create(null) as FormObject;
  for (const [name, value] of new URLSearchParams(body)) {
    place(root, pathOf(name), value);
  }
  return listsFrom(root) as FormObject;
}

function pathOf(name: string): string[] {
  const bracket = name.indexOf("[");
  if (bracket < 0) return [name];
  const inner = [...name.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? "");
  return [name.slice(0, bracket), ...inner];
}

function place(root: FormObject, path: readonly string[], value: string): void {
  let here = root;
  for (const [depth, step] of path.entries()) {
    const name = step === "" ? String(Object.keys(here).length) : step;
    if (depth === path.length - 1) {
      here[name] = value;
      return;
    }
    const next = here[name];
    const inner =
      typeof next === "object" && !Array.isArray(next) ? next : (Object.create(null) as FormObject);
    here[name] = inner;
    here = inner;
  }
}

// Keys that count 0, 1, 2… were a list. The root never is one.
function listsFrom(value: FormValue, isRoot = true): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (!isRoot && names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return names
      .sort((left, right) => Number(left) - Number(right))
      .map((name) => listsFrom(value[name] ?? "", false));
  }
  return Object.fromEntries(
    names.map((name) => [name, listsFrom(value[name] ?? "", false)] as const),
  );
}
