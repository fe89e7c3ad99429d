import { otherCodes } from "#tests/sandbox/sdk/error-codes";
import type { Node, SdkTypes } from "#tests/sandbox/sdk/types";

type Check = (place: number, value: unknown, path: string) => string[];

/**
 * What is wrong with a value that Stripe's API answered, by the SDK's own types: with what the SDK's
 * method for the route says it returns. Without a route an object is known by its `object`.
 */
export function faultsIn(types: SdkTypes, value: unknown, path: string, route?: string): string[] {
  if (!isObject(value)) return [`${path}: not an object`];
  if (isObject(value.error)) return faultsInError(types, value.error, `${path}.error`);
  const returned = types.returned[route ?? ""];
  if (returned === undefined) return faultsInObject(types, value, path);
  const isNothing = returned.some((place) => types.nodes[place]?.is === "undefined");
  if (isNothing && Object.keys(value).length === 0) return [];
  return fewest(returned.map((place) => faultsAt(types, place, value, path)));
}

/** What is wrong with an event as it was delivered, whole or thin. */
export function faultsInDelivery(types: SdkTypes, value: unknown, path: string): string[] {
  if (!isObject(value)) return [`${path}: not an object`];
  const place = { event: types.event, "v2.core.event": types.notification }[String(value.object)];
  if (place === undefined) return [`${path}: neither an event nor a notification of one`];
  return faultsAt(types, place, value, path);
}

function faultsInObject(types: SdkTypes, value: Fields, path: string): string[] {
  const word = value.object;
  if (typeof word !== "string") return [`${path}: no object of Stripe's`];
  if (word === "list") return faultsInList(types, value, path);
  const events: Record<string, number> = { event: types.event, "v2.core.event": types.thinEvent };
  const candidates = types.byObject[word] ?? (word in events ? [events[word]!] : undefined);
  if (!candidates) return [`${path}: the SDK has no object "${word}"`];
  return fewest(candidates.map((place) => faultsAt(types, place, value, path)));
}

// Of a list without a route only what is in it tells what it is of.
function faultsInList(types: SdkTypes, list: Fields, path: string): string[] {
  if (!Array.isArray(list.data)) return [`${path}.data: not a list`];
  return list.data.flatMap((one, place) => {
    const at = `${path}.data[${place}]`;
    return isObject(one) ? faultsInObject(types, one, at) : [`${at}: not an object`];
  });
}

function faultsAt(types: SdkTypes, start: number, value: unknown, path: string): string[] {
  const check: Check = (place, inner, at) => faults(types.nodes[place]!, inner, at, check);
  return check(start, value, path);
}

function fewest(attempts: readonly string[][]): string[] {
  return attempts.reduce((best, found) => (found.length < best.length ? found : best));
}

function faultsInError(types: SdkTypes, error: Fields, path: string): string[] {
  const { code, message } = error;
  const isOther = code === undefined || otherCodes.includes(String(code));
  return [
    ...faultsAt(types, types.error, error, path),
    ...(isOther ? [] : faultsAt(types, types.errorCode, code, `${path}.code`)),
    ...(error.type === undefined ? [`${path}.type is missing`] : []),
    ...(typeof message === "string" && message !== "" ? [] : [`${path}.message is missing`]),
  ];
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function faults(node: Node, value: unknown, path: string, check: Check): string[] {
  if (node.is === "union") {
    const { by } = node;
    if (by === undefined || !isObject(value)) return faultsInUnion(node.of, value, path, check);
    const place = by.places[String(value[by.field])];
    if (place !== undefined) return check(place, value, path);
    return [`${path}.${by.field}: ${shown(value[by.field])} is none of what it may be`];
  }
  if (node.is === "object") return faultsInFields(node, value, path, check);
  if (node.is === "list") {
    if (!Array.isArray(value)) return [`${path}: not a list`];
    return value.flatMap((one, place) => check(node.of, one, `${path}[${place}]`));
  }
  return isOf(node, value) ? [] : [`${path}: ${shown(value)} is not ${nameOf(node)}`];
}

type Leaf = Exclude<Node, { is: "union" | "object" | "list" }>;

const tests: Record<Exclude<Leaf["is"], "literal">, (value: unknown) => boolean> = {
  any: () => true,
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
  undefined: (value) => value === undefined,
  decimal: (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
};

function isOf(node: Leaf, value: unknown): boolean {
  return node.is === "literal" ? value === node.value : tests[node.is](value);
}

function nameOf(node: Leaf): string {
  return node.is === "literal" ? JSON.stringify(node.value) : node.is;
}

function faultsInUnion(of: readonly number[], value: unknown, path: string, check: Check) {
  let best: string[] | undefined;
  for (const place of of) {
    const found = check(place, value, path);
    if (found.length === 0) return [];
    // The member it comes closest to is the one it was meant to be.
    const isNear = found.every((fault) => !fault.startsWith(`${path}:`));
    if (isNear && (best === undefined || found.length < best.length)) best = found;
  }
  return best ?? [`${path}: ${shown(value)} is none of what it may be`];
}

// "The received Invoice object will not have an invoice ID", says the event `invoice.upcoming`.
function isUnmade(value: Fields, name: string): boolean {
  return name === "id" && value.object === "invoice" && value.billing_reason === "upcoming";
}

// Of what had no value before, an event says null.
function known(before: unknown): unknown {
  if (!isObject(before)) return before;
  return Object.fromEntries(Object.entries(before).filter(([, value]) => value !== null));
}

function faultsInFields(
  node: Extract<Node, { is: "object" }>,
  value: unknown,
  path: string,
  check: Check,
): string[] {
  if (!isObject(value)) return [`${path}: ${shown(value)} is not an object`];
  const found: string[] = [];
  for (const [name, { type, isOptional }] of Object.entries(node.fields)) {
    const inner = name === "previous_attributes" ? known(value[name]) : value[name];
    if (inner !== undefined) found.push(...check(type, inner, `${path}.${name}`));
    else if (!isOptional && !isUnmade(value, name)) found.push(`${path}.${name} is missing`);
  }
  for (const name of Object.keys(value)) {
    if (name in node.fields) continue;
    if (node.index === undefined) found.push(`${path}.${name} is not in the SDK`);
    else found.push(...check(node.index, value[name], `${path}.${name}`));
  }
  return found;
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? "nothing";
}
