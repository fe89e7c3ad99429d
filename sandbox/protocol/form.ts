import { invalidParam, invalidRequest } from "#sandbox/protocol/errors";

/** A decoded body: text, lists and objects, before any schema is applied. */
export type FormValue = string | FormValue[] | FormObject;
export interface FormObject {
  [name: string]: FormValue;
}

/** Decodes Stripe's bracket forms: `items[0][price]=x`, `expand[]=y`, `metadata[a]=b`. */
export function decodeForm(body: string): FormObject {
  checkEncoding(body);
  const root: FormObject = Object.create(null) as FormObject;
  for (const [name, value] of new URLSearchParams(body)) {
    place(root, pathOf(name), value);
  }
  return listsFrom(root) as FormObject;
}

function checkEncoding(body: string): void {
  if (!body.includes("%")) return;
  if (/%(?![0-9a-f]{2})/i.test(body)) throw invalidRequest("Invalid %-encoding in the request.");
  try {
    decodeURIComponent(body);
  } catch {
    throw invalidRequest("Invalid %-encoding in the request: it is not UTF-8.");
  }
}

const deepest = 100;

function pathOf(name: string): string[] {
  const bracket = name.indexOf("[");
  if (bracket < 0) return [name];
  const inner = [...name.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? "");
  if (inner.length > deepest) throw invalidRequest("The parameters are nested too deeply.");
  return [name.slice(0, bracket), ...inner];
}

function place(root: FormObject, path: readonly string[], value: string): void {
  let here = root;
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    const name = step === "" ? nextIn(here, isLast ? undefined : path[depth + 1]) : step;
    if (isLast) {
      here[name] = value;
      return;
    }
    const next = here[name];
    if (typeof next === "string") {
      const whole = path.slice(0, depth + 1).map((word, at) => (at === 0 ? word : `[${word}]`));
      throw invalidParam(
        whole.join(""),
        "This parameter was sent both as a value and as an object.",
      );
    }
    const inner = (next ?? Object.create(null)) as FormObject;
    here[name] = inner;
    here = inner;
  }
}

// `items[][price]=x&items[][quantity]=2` is one item: the next begins where a name comes again.
function nextIn(list: FormObject, field: string | undefined): string {
  const count = Object.keys(list).length;
  const last = list[String(count - 1)];
  const isOpen = field !== undefined && typeof last === "object" && !(field in last);
  return String(isOpen ? count - 1 : count);
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
