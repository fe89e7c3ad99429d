import ts from "typescript-api";
import type { Field, Node, SdkTypes } from "#tests/sandbox/sdk/types";

const entry = "tests/sandbox/sdk/entry.ts";
const source = 'import type Stripe from "stripe";\nexport type { Stripe };\n';

/** Reads the SDK's declarations once, and keeps of them what a value can be checked against. */
export function compileTypes(): SdkTypes {
  const { program, file } = load();
  const checker = program.getTypeChecker();
  const nodes: Node[] = [];
  const places = new Map<ts.Type, number>();
  const place = (type: ts.Type): number => {
    const known = places.get(type);
    if (known !== undefined) return known;
    const at = nodes.push({ is: "any" }) - 1;
    places.set(type, at);
    nodes[at] = nodeOf(checker, type, place);
    return at;
  };
  const byObject: Record<string, number[]> = {};
  for (const type of interfacesIn(checker, stripeIn(checker, file))) {
    const property = type.getProperty("object");
    const word = property && checker.getTypeOfSymbol(property);
    // An event is what it carries; there are hundreds of types of them.
    if (!word?.isStringLiteral() || /^(v2\.core\.)?event$/.test(word.value)) continue;
    byObject[word.value] = [...(byObject[word.value] ?? []), place(type)];
  }
  return { nodes, byObject };
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

const primitives: [ts.TypeFlags, Node][] = [
  [ts.TypeFlags.Any | ts.TypeFlags.Unknown, { is: "any" }],
  [ts.TypeFlags.BooleanLike, { is: "boolean" }],
  [ts.TypeFlags.StringLike, { is: "text" }],
  [ts.TypeFlags.NumberLike, { is: "number" }],
  [ts.TypeFlags.Null, { is: "null" }],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, { is: "undefined" }],
];

function nodeOf(checker: ts.TypeChecker, type: ts.Type, place: Place): Node {
  if (type.isUnion()) return { is: "union", of: closed(type.types).map(place) };
  if (type.isStringLiteral()) return { is: "literal", value: type.value };
  const primitive = primitives.find(([flag]) => type.flags & flag);
  if (primitive) return primitive[1];
  // A word of no list is text and nothing else.
  if (type.isIntersection()) return { is: "text" };
  if (checker.typeToString(type) === "Decimal") return { is: "decimal" };
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
