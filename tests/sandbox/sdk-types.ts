import ts from "typescript-api";

/** The types of the installed SDK, as the compiler sees them. */
export interface SdkTypes {
  /** What is wrong with a value that claims to be of a type, such as `Stripe.Subscription`. */
  faultsIn(value: unknown, typeName: string): string[];
}

const entry = "tests/sandbox/sdk-types-entry.ts";

/** Loads the SDK's declarations, and one alias for each type that will be asked for. */
export function loadSdkTypes(names: readonly string[]): SdkTypes {
  const aliases = names.map((name, place) => `export type T${place} = ${name};`);
  const text = `import type Stripe from "stripe";\n${aliases.join("\n")}\n`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) =>
    file.endsWith(entry) ? ts.createSourceFile(file, text, rest[0]) : read(file, ...rest);
  const exists = host.fileExists.bind(host);
  host.fileExists = (file) => file.endsWith(entry) || exists(file);
  const program = ts.createProgram([entry], options, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const types = new Map<string, ts.Type>();
  source?.forEachChild((node) => {
    if (!ts.isTypeAliasDeclaration(node)) return;
    const name = names[Number(node.name.text.slice(1))];
    if (name !== undefined) types.set(name, checker.getTypeAtLocation(node));
  });
  return {
    faultsIn(value, typeName) {
      const type = types.get(typeName);
      if (type === undefined) throw new Error(`The SDK has no type ${typeName}.`);
      return faults(checker, value, type, typeName);
    },
  };
}

function faults(checker: ts.TypeChecker, value: unknown, type: ts.Type, path: string): string[] {
  if (type.isUnion()) return faultsInUnion(checker, value, type, path);
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
  if (type.isStringLiteral()) return value === type.value ? [] : [said(path, value, type, checker)];
  const primitive = primitives.find(([flag]) => type.flags & flag);
  if (primitive !== undefined) return primitive[1](value) ? [] : [said(path, value, type, checker)];
  // A word Stripe may add one day is typed as text and nothing else.
  if (type.isIntersection())
    return typeof value === "string" ? [] : [said(path, value, type, checker)];
  if (checker.typeToString(type) === "Decimal") {
    return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)
      ? []
      : [`${path}: not a decimal`];
  }
  if (checker.isArrayType(type)) return faultsInArray(checker, value, type, path);
  return faultsInObject(checker, value, type, path);
}

const primitives: [ts.TypeFlags, (value: unknown) => boolean][] = [
  [ts.TypeFlags.BooleanLiteral, (value) => typeof value === "boolean"],
  [ts.TypeFlags.StringLike, (value) => typeof value === "string"],
  [ts.TypeFlags.NumberLike, (value) => typeof value === "number"],
  [ts.TypeFlags.BooleanLike, (value) => typeof value === "boolean"],
  [ts.TypeFlags.Null, (value) => value === null],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, (value) => value === undefined],
];

function faultsInUnion(checker: ts.TypeChecker, value: unknown, type: ts.UnionType, path: string) {
  const attempts = type.types.map((one) => faults(checker, value, one, path));
  if (attempts.some((found) => found.length === 0)) return [];
  if (typeof value !== "object" || value === null) return [said(path, value, type, checker)];
  // The member it comes closest to is the one it was meant to be.
  const deep = attempts.filter((found) => found.every((fault) => !fault.startsWith(`${path}:`)));
  return (
    deep.sort((left, right) => left.length - right.length)[0] ?? [said(path, value, type, checker)]
  );
}

function faultsInArray(checker: ts.TypeChecker, value: unknown, type: ts.Type, path: string) {
  const [item] = checker.getTypeArguments(type as ts.TypeReference);
  if (!Array.isArray(value) || item === undefined) return [`${path}: not a list`];
  return value.flatMap((each, place) => faults(checker, each, item, `${path}[${place}]`));
}

function faultsInObject(checker: ts.TypeChecker, value: unknown, type: ts.Type, path: string) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [said(path, value, type, checker)];
  }
  const sent = value as Record<string, unknown>;
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const known = new Set<string>();
  const found = checker.getPropertiesOfType(type).flatMap((property) => {
    known.add(property.name);
    const inner = checker.getTypeOfSymbol(property);
    // Methods are the SDK's own; they are not on the wire.
    if (inner.getCallSignatures().length > 0) return [];
    if (sent[property.name] === undefined) {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      return isOptional ? [] : [`${path}.${property.name} is missing`];
    }
    return faults(checker, sent[property.name], inner, `${path}.${property.name}`);
  });
  const unknown = Object.keys(sent)
    .filter((name) => !known.has(name) && index === undefined)
    .map((name) => `${path}.${name} is not in the SDK`);
  return [...found, ...unknown];
}

function said(path: string, value: unknown, type: ts.Type, checker: ts.TypeChecker): string {
  return `${path}: ${JSON.stringify(value)?.slice(0, 60)} is not ${checker.typeToString(type).slice(0, 80)}`;
}
