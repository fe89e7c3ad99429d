import type { Node, SdkTypes } from "#tests/sandbox/sdk/types";

type Check = (place: number, value: unknown, path: string) => string[];

/**
 * What is wrong with a value that Stripe's API answered, by the SDK's own types: each object is
 * known by the word in its `object`, each list by its envelope, each error by its shape.
 */
export function faultsIn(types: SdkTypes, value: unknown, path: string): string[] {
  const check: Check = (place, inner, at) => faults(types.nodes[place]!, inner, at, check);
  if (!isObject(value)) return [`${path}: not an object`];
  if (isObject(value.error)) return faultsInError(value.error, `${path}.error`);
  // Version 2 answers nothing where there is nothing to say, and only names what it deleted.
  const isBare = Object.keys(value).every((name) => name === "id" || name === "object");
  if (isBare && /^(DELETE|POST) \/v2\//.test(path)) return [];
  const word = value.object;
  if (word === "list" || word === "search_result") return faultsInList(types, value, path);
  if (typeof word === "string") return faultsInObject(types, word, value, path, check);
  if (Array.isArray(value.data)) return faultsInPage(types, value, path);
  return [`${path}: neither an object of Stripe's, nor a list, nor an error`];
}

function faultsInObject(
  types: SdkTypes,
  word: string,
  value: Fields,
  path: string,
  check: Check,
): string[] {
  // Stripe's events are a union of hundreds; what one carries is checked by what it is itself.
  if (word === "event") return faultsInEvent(types, value, path);
  if (word === "v2.core.event") return faultsInNotification(value, path);
  const candidates = types.byObject[word];
  if (!candidates) return [`${path}: the SDK has no object "${word}"`];
  const attempts = candidates.map((place) => check(place, value, path));
  return attempts.reduce((best, found) => (found.length < best.length ? found : best));
}

const eventFields = {
  ...{ id: "string", api_version: "string", created: "number", livemode: "boolean" },
  ...{ pending_webhooks: "number", type: "string" },
};

function faultsInEvent(types: SdkTypes, event: Fields, path: string): string[] {
  const wrong = Object.entries(eventFields).filter(([name, type]) => typeof event[name] !== type);
  const data = event.data;
  const inner = isObject(data) && isObject(data.object) ? data.object : undefined;
  if (!inner) return [`${path}.data.object is missing`];
  return [
    ...wrong.map(([name, type]) => `${path}.${name} is not a ${type}`),
    ...faultsIn(types, inner, `${path}(${String(event.type)}).data.object`),
  ];
}

function faultsInNotification(event: Fields, path: string): string[] {
  const texts = ["id", "type", "created"].filter((name) => typeof event[name] !== "string");
  return [
    ...texts.map((name) => `${path}.${name} is not text`),
    ...(typeof event.livemode === "boolean" ? [] : [`${path}.livemode is not a boolean`]),
  ];
}

function faultsInList(types: SdkTypes, list: Fields, path: string): string[] {
  const wrong = [
    ...(Array.isArray(list.data) ? [] : [`${path}.data: not a list`]),
    ...(typeof list.has_more === "boolean" ? [] : [`${path}.has_more: not a boolean`]),
    ...(typeof list.url === "string" ? [] : [`${path}.url: not text`]),
  ];
  return [...wrong, ...faultsInEach(types, list.data, `${path}.data`)];
}

function faultsInPage(types: SdkTypes, page: Fields, path: string): string[] {
  const urls = ["next_page_url", "previous_page_url"];
  const wrong = urls.filter((name) => page[name] !== null && typeof page[name] !== "string");
  return [
    ...wrong.map((name) => `${path}.${name}: neither text nor null`),
    ...faultsInEach(types, page.data, `${path}.data`),
  ];
}

function faultsInEach(types: SdkTypes, data: unknown, path: string): string[] {
  if (!Array.isArray(data)) return [];
  return data.flatMap((one, place) => faultsIn(types, one, `${path}[${place}]`));
}

const errorTypes = [
  ...["api_error", "card_error", "idempotency_error", "invalid_request_error"],
  ...["rate_limit_error", "authentication_error", "temporary_session_expired"],
];
const errorTexts = ["code", "param", "decline_code", "doc_url", "request_log_url", "charge"];

function faultsInError(error: Fields, path: string): string[] {
  const isKnown = errorTypes.includes(String(error.type));
  const texts = errorTexts.filter((name) => {
    return error[name] !== undefined && typeof error[name] !== "string";
  });
  return [
    ...(isKnown ? [] : [`${path}.type: ${JSON.stringify(error.type)} is no type of error`]),
    ...(typeof error.message === "string" && error.message ? [] : [`${path}.message is missing`]),
    ...texts.map((name) => `${path}.${name}: not text`),
  ];
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function faults(node: Node, value: unknown, path: string, check: Check): string[] {
  if (node.is === "union") return faultsInUnion(node.of, value, path, check);
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

function faultsInFields(
  node: Extract<Node, { is: "object" }>,
  value: unknown,
  path: string,
  check: Check,
): string[] {
  if (!isObject(value)) return [`${path}: ${shown(value)} is not an object`];
  const found: string[] = [];
  for (const [name, { type, isOptional }] of Object.entries(node.fields)) {
    const inner = value[name];
    if (inner !== undefined) found.push(...check(type, inner, `${path}.${name}`));
    else if (!isOptional) found.push(`${path}.${name} is missing`);
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
