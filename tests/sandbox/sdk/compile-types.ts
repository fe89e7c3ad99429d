import ts from "typescript-api";
import { methodsOfSdk } from "#tests/sandbox/sdk/methods";
import type { Field, Node, SdkTypes } from "#tests/sandbox/sdk/types";

const entry = "tests/sandbox/sdk/entry.ts";
const source = `import type Stripe from "stripe";
export type { Stripe };
export type Client = Stripe;
export type Event = Stripe.Event;
export type ThinEvent = Stripe.V2.Core.Event;
export type Notification = Stripe.V2.Core.EventNotification;
export type RawError = Stripe.StripeRawError;
export type ErrorCode = Stripe.PaymentIntent.LastPaymentError.Code;
`;

/** Reads the SDK's declarations once, and keeps of them what a value can be checked against. */
export function compileTypes(): SdkTypes {
  const { program, file } = load();
  const checker = program.getTypeChecker();
  const nodes: Node[] = [];
  const places = new Map<ts.Type, number>();
  const place = (wrapped: ts.Type): number => {
    const type = onWire(wrapped);
    const known = places.get(type);
    if (known !== undefined) return known;
    const at = nodes.push({ is: "any" }) - 1;
    places.set(type, at);
    nodes[at] = nodeOf(checker, type, place, (inner) => nodes[inner]);
    return at;
  };
  const exported = exportsOf(checker, file);
  const typeOf = (name: string) => place(exported(name));
  return {
    byObject: byObject(checker, file, place),
    returned: returned(checker, exported("Client"), place),
    event: typeOf("Event"),
    thinEvent: typeOf("ThinEvent"),
    notification: typeOf("Notification"),
    error: typeOf("RawError"),
    errorCode: typeOf("ErrorCode"),
    nodes,
  };
}

function byObject(checker: ts.TypeChecker, file: ts.SourceFile, place: Place) {
  const found: Record<string, number[]> = {};
  for (const type of interfacesIn(checker, stripeIn(checker, file))) {
    const property = type.getProperty("object");
    const word = property && checker.getTypeOfSymbol(property);
    // An event is what it carries; there are hundreds of types of them.
    if (!word?.isStringLiteral() || /^(v2\.core\.)?event$/.test(word.value)) continue;
    found[word.value] = [...(found[word.value] ?? []), place(type)];
  }
  return found;
}

/** What each method of the SDK's says it returns, by the route it calls. */
function returned(checker: ts.TypeChecker, client: ts.Type, place: Place) {
  const found: Record<string, number[]> = {};
  for (const { name, route } of methodsOfSdk()) {
    let type = client;
    for (const step of name.split(".")) {
      const property = checker.getPropertyOfType(type, step);
      if (property === undefined) throw new Error(`The SDK declares no ${name}.`);
      type = checker.getTypeOfSymbol(property);
    }
    const [signature] = type.getCallSignatures();
    const answer = signature && checker.getAwaitedType(signature.getReturnType());
    if (answer === undefined) throw new Error(`The SDK does not say what ${name} returns.`);
    found[route] = [...new Set([...(found[route] ?? []), place(answer)])];
  }
  return found;
}

/** What arrives of a type: without what the SDK adds of the response it came in. */
function onWire(type: ts.Type): ts.Type {
  if (!type.isIntersection()) return type;
  const own = type.types.filter((member) => member.getProperty("lastResponse") === undefined);
  return own.length === 1 && own.length < type.types.length ? own[0]! : type;
}

function load() {
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true },
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name.endsWith(entry) ? ts.createSourceFile(name, source, rest[0]) : read(name, ...rest);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name.endsWith(entry) || exists(name);
  const program = ts.createProgram([entry], options, host);
  const file = program.getSourceFile(entry);
  if (file === undefined) throw new Error("The SDK's declarations could not be read.");
  return { program, file };
}

function stripeIn(checker: ts.TypeChecker, file: ts.SourceFile): ts.Symbol {
  const [stripe] = checker.getExportsOfModule(checker.getSymbolAtLocation(file)!);
  return checker.getAliasedSymbol(stripe!);
}

/** The types the entry names. */
function exportsOf(checker: ts.TypeChecker, file: ts.SourceFile): (name: string) => ts.Type {
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(file)!);
  return (name) => {
    const symbol = symbols.find((one) => one.name === name);
    if (symbol === undefined) throw new Error(`The entry exports no ${name}.`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
}

/** Every interface of a namespace and of the namespaces inside it. */
function interfacesIn(
  checker: ts.TypeChecker,
  namespace: ts.Symbol,
  seen = new Set<ts.Symbol>(),
): ts.Type[] {
  if (seen.has(namespace)) return [];
  seen.add(namespace);
  return checker.getExportsOfModule(namespace).flatMap((one) => {
    const symbol = one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
    const inner = symbol.flags & ts.SymbolFlags.Namespace;
    return [
      ...(symbol.flags & ts.SymbolFlags.Interface ? [checker.getDeclaredTypeOfSymbol(symbol)] : []),
      ...(inner ? interfacesIn(checker, symbol, seen) : []),
    ];
  });
}

/** The SDK leaves room beside the words it knows for those of tomorrow; we answer today's alone. */
function closed(members: readonly ts.Type[]): readonly ts.Type[] {
  const isListed = members.some((member) => member.isStringLiteral());
  return isListed ? members.filter((member) => !member.isIntersection()) : members;
}

type Place = (type: ts.Type) => number;

const many = 20;

/** The members of a large union by their `type`, where each has one of its own. */
function wordsOf(of: readonly number[], at: (place: number) => Node | undefined) {
  const places: Record<string, number> = {};
  for (const place of of) {
    const node = at(place);
    const field = node?.is === "object" ? node.fields.type : undefined;
    const word = field && at(field.type);
    if (word?.is !== "literal" || typeof word.value !== "string") return undefined;
    places[word.value] = place;
  }
  return { field: "type", places };
}

const primitives: [ts.TypeFlags, Node][] = [
  [ts.TypeFlags.Any | ts.TypeFlags.Unknown, { is: "any" }],
  [ts.TypeFlags.BooleanLike, { is: "boolean" }],
  [ts.TypeFlags.StringLike, { is: "text" }],
  [ts.TypeFlags.NumberLike, { is: "number" }],
  [ts.TypeFlags.Null, { is: "null" }],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, { is: "undefined" }],
];

function nodeOf(
  checker: ts.TypeChecker,
  type: ts.Type,
  place: Place,
  at: (place: number) => Node | undefined,
): Node {
  if (type.isUnion()) {
    const of = closed(type.types).map(place);
    const by = type.types.length > many ? wordsOf(of, at) : undefined;
    return { is: "union", of, ...(by && { by }) };
  }
  if (type.isStringLiteral()) return { is: "literal", value: type.value };
  const primitive = primitives.find(([flag]) => type.flags & flag);
  if (primitive) return primitive[1];
  // A word of no list is text and nothing else.
  if (type.isIntersection()) return { is: "text" };
  const name = checker.typeToString(type);
  if (name === "Decimal") return { is: "decimal" };
  // The SDK makes an object of it; on the wire it is the id of an account.
  if (name === "StripeContext") return { is: "text" };
  if (checker.isArrayType(type)) {
    return { is: "list", of: place(checker.getTypeArguments(type as ts.TypeReference)[0]!) };
  }
  const fields: Record<string, Field> = {};
  for (const property of checker.getPropertiesOfType(type)) {
    const inner = checker.getTypeOfSymbol(property);
    // Methods are the SDK's own; they are not on the wire.
    if (inner.getCallSignatures().length > 0) continue;
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    fields[property.name] = { type: place(inner), isOptional };
  }
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  return { is: "object", fields, ...(index && { index: place(index) }) };
}
