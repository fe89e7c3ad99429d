import { invalidParam, notBuilt } from "#sandbox/protocol/errors";
import { checkCharacters, checkCount, checkLength } from "#sandbox/protocol/written";

/** How one parameter is read. A table of these is a route's whole schema. */
export interface Param<T> {
  readonly read: (value: unknown, name: string) => T;
  readonly isRequired?: boolean;
}
export type Shape = Record<string, Param<unknown>>;
type RequiredParam<T> = Param<T> & { readonly isRequired: true };
type ValueOf<P> = P extends Param<infer T> ? T : never;

/** What a handler receives for a table of parameters. */
export type Params<S extends Shape> = {
  [Name in keyof S as S[Name] extends RequiredParam<unknown> ? Name : never]: ValueOf<S[Name]>;
} & {
  [Name in keyof S as S[Name] extends RequiredParam<unknown> ? never : Name]?: ValueOf<S[Name]>;
};

/** Text. Empty text means "unset" to Stripe, so where nothing can be unset it is refused. */
export const text: Param<string> = {
  read(value, name) {
    if (typeof value !== "string") throw invalidParam(name, `Invalid string: ${shown(value)}`);
    if (value === "") throw emptied(name);
    if (value.length > 5000) throw tooLong(name, value);
    checkCharacters(value, name);
    return value;
  },
};

/** A whole number. */
export const integer: Param<number> = {
  read(value, name) {
    if (value === "") throw emptied(name);
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number)) return number;
    throw invalidParam(name, `Invalid integer: ${shown(value)}`, "parameter_invalid_integer");
  },
};

/** The last second that every calendar and every four-digit year still reaches. */
const lastSecond = 253_402_300_799;

/** A point in time, in seconds. */
export const timestamp: Param<number> = {
  read(value, name) {
    const second = integer.read(value, name);
    if (second >= 0 && second <= lastSecond) return second;
    const message = "Invalid timestamp: must be an integer Unix timestamp.";
    throw invalidParam(name, message, "parameter_invalid_integer");
  },
};

/** A decimal, kept as the text it came as: prices below a cent never pass through a float. */
export const decimal: Param<string> = {
  read(value, name) {
    const written = typeof value === "number" ? String(value) : value;
    if (typeof written === "string" && /^-?\d+(\.\d{1,12})?$/.test(written)) return written;
    throw invalidParam(name, `Invalid decimal: ${shown(value)}`);
  },
};

/** True or false. */
export const boolean: Param<boolean> = {
  read(value, name) {
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    throw invalidParam(name, `Invalid boolean: ${shown(value)}`);
  },
};

/** Metadata as sent: an empty value deletes its key, empty text deletes them all. */
export const metadata: Param<Record<string, string>> = {
  read(value, name) {
    if (value === "") return {};
    const entries = Object.entries(objectFrom(value, name));
    checkCount(entries.length, name);
    return Object.fromEntries(
      entries.map(([key, item]) => {
        if (typeof item === "object" && item !== null) throw notText(name, key);
        const written = item === null ? "" : String(item);
        checkLength("keys", key, key, name);
        checkLength("values", written, key, name);
        return [key, written];
      }),
    );
  },
};

/** Text by key, as it is. */
export const textByKey: Param<Record<string, string>> = {
  read: (value, name) =>
    Object.fromEntries(
      Object.entries(objectFrom(value, name)).map(([key, item]) => {
        checkCharacters(`${key}${String(item)}`, `${name}[${key}]`);
        return [key, String(item)];
      }),
    ),
};

/** One of the words Stripe documents. */
export function oneOf<const Word extends string>(words: readonly Word[]): Param<Word> {
  return {
    read(value, name) {
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      const last = words.at(-1) ?? "";
      const options = words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${last}` : last;
      throw invalidParam(name, `Invalid ${name}: must be one of ${options}`);
    },
  };
}

/** A list, each item read alike. */
export function listOf<T>(item: Param<T>): Param<T[]> {
  return {
    read(value, name) {
      if (value === "") return [];
      if (!Array.isArray(value)) throw invalidParam(name, "Invalid array");
      return value.map((each, place) => item.read(each, `${name}[${place}]`));
    },
  };
}

/** An object with named parameters of its own. */
export function shape<S extends Shape>(fields: S): Param<Params<S>> {
  return { read: (value, name) => readShape(fields, objectFrom(value, name), name) };
}

/** An object with any keys, each value read alike. */
export function byKey<T>(item: Param<T>): Param<Record<string, T>> {
  return {
    read: (value, name) =>
      Object.fromEntries(
        Object.entries(objectFrom(value, name)).map(([key, each]) => [
          key,
          item.read(each, `${name}[${key}]`),
        ]),
      ),
  };
}

/** A parameter that must be sent. */
export function required<T>(param: Param<T>): RequiredParam<T> {
  return { read: param.read, isRequired: true };
}

/** A parameter that empty text, or null in JSON, unsets. */
export function unsettable<T>(param: Param<T>): Param<T | null> {
  return {
    read: (value, name) => (value === "" || value === null ? null : param.read(value, name)),
  };
}

/** The first reading that fits: Stripe takes a timestamp or "now" in some places. */
export function either<A, B>(first: Param<A>, second: Param<B>): Param<A | B> {
  return {
    read(value, name) {
      try {
        return first.read(value, name);
      } catch {
        return second.read(value, name);
      }
    },
  };
}

/** A parameter of Stripe's that is known here and does nothing yet: refused, never ignored. */
export const unbuilt: Param<never> = {
  read(_value, name) {
    throw notBuilt(`The parameter '${name}'`, name);
  },
};

/** A parameter of Stripe's of which only some values do something here. */
export function only<T>(param: Param<T>, ...built: readonly T[]): Param<T> {
  return {
    read(value, name) {
      const read = param.read(value, name);
      if (built.includes(read)) return read;
      throw notBuilt(`The value '${String(read)}' of the parameter '${name}'`, name);
    },
  };
}

/** Checks what was sent against a table: nothing unknown, nothing missing, everything typed. */
export function readShape<S extends Shape>(
  fields: S,
  sent: Record<string, unknown>,
  within = "",
): Params<S> {
  const pathTo = (name: string) => (within === "" ? name : `${within}[${name}]`);
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      const path = pathTo(name);
      throw invalidParam(path, `Received unknown parameter: ${path}`, "parameter_unknown");
    }
    if (value !== undefined) result[name] = field.read(value, pathTo(name));
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.isRequired && result[name] === undefined) {
      const path = pathTo(name);
      throw invalidParam(path, `Missing required param: ${path}.`, "parameter_missing");
    }
  }
  return result as Params<S>;
}

function objectFrom(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw invalidParam(name, "Invalid object");
}

function tooLong(name: string, value: string) {
  const start = `Invalid string: ${value.slice(0, 6)}...`;
  return invalidParam(name, `${start}; must be at most 5000 characters`);
}

function notText(name: string, key: string) {
  const message = `Metadata values must be strings, but for key '${key}' you passed an object.`;
  return invalidParam(`${name}[${key}]`, message);
}

function emptied(name: string) {
  return invalidParam(
    name,
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a ` +
      `parameter; however '${name}' cannot be unset. You should remove '${name}' from your ` +
      "request or supply a non-empty value.",
    "parameter_invalid_empty",
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
