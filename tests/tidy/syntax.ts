import ts from "typescript-api";

/** `values` are the names it takes that exist while the program runs; types are not among them. */
export type Import = { specifier: string; line: number; values: string[] };
/** `lines` leaves out methods nested inside: each is measured as a function of its own. */
export type Measured = { name: string; line: number; lines: number; isMarkup: boolean };
/** A verb works on the world: it is given a context or a transaction, or it waits. */
export type Exported = { name: string; line: number; isDocumented: boolean; isVerb: boolean };
export type Call = { callee: string; line: number; first: string; arguments: number };

/** What the rules ask of a file, read in one walk of its syntax. */
export type Syntax = {
  imports: Import[];
  functions: Measured[];
  exported: Exported[];
  calls: Call[];
  /** Lines where the type is `any`. */
  anys: number[];
  defaultExport: number | undefined;
};

const known = new Map<string, { text: string; syntax: Syntax }>();

/** Parses a file once for all rules. */
export function syntaxOf(path: string, text: string): Syntax {
  const found = known.get(path);
  if (found?.text === text) return found.syntax;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const syntax: Syntax = {
    imports: [],
    functions: [],
    exported: [],
    calls: [],
    anys: [],
    defaultExport: undefined,
  };
  visit(source, source, syntax);
  known.set(path, { text, syntax });
  return syntax;
}

function visit(node: ts.Node, source: ts.SourceFile, into: Syntax): void {
  const line = lineOf(node, source);
  const specifier = importedBy(node);
  if (specifier !== undefined) {
    into.imports.push({ specifier, line, values: valuesOf(node) });
  }
  if (node.kind === ts.SyntaxKind.AnyKeyword) into.anys.push(line);
  if (isMeasured(node)) into.functions.push({ ...measure(node, source), line });
  if (node.parent === source) readExport(node, source, into);
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    into.calls.push({
      callee: node.expression.getText(source),
      line,
      first: first ? ts.SyntaxKind[first.kind] : "",
      arguments: node.arguments.length,
    });
  }
  ts.forEachChild(node, (child) => visit(child, source, into));
}

function importedBy(node: ts.Node): string | undefined {
  const literal = (expression: ts.Node | undefined) =>
    expression && ts.isStringLiteralLike(expression) ? expression.text : undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literal(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return literal(node.argument.literal);
  }
  const isDynamic =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic ? literal(node.arguments[0]) : undefined;
}

function valuesOf(node: ts.Node): string[] {
  const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
  const isTypes = ts.isExportDeclaration(node)
    ? node.isTypeOnly
    : clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (isTypes) return [];
  const named = ts.isExportDeclaration(node) ? node.exportClause : clause?.namedBindings;
  const elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] =
    named && (ts.isNamedImports(named) || ts.isNamedExports(named)) ? [...named.elements] : [];
  const values = elements.filter((element) => !element.isTypeOnly);
  return values.map(({ name, propertyName }) => (propertyName ?? name).text);
}

type FunctionNode = ts.FunctionLikeDeclaration & { body: ts.ConciseBody };

function isMeasured(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/** A method of an object or class, which a reader sees as a function of its own. */
function isMember(node: ts.Node): boolean {
  return (
    isMeasured(node) && (ts.isClassElement(node) || ts.isObjectLiteralElement(node.parent ?? node))
  );
}

function measure(node: FunctionNode, source: ts.SourceFile) {
  let nested = 0;
  let isMarkup = false;
  const look = (child: ts.Node): void => {
    if (isMember(child)) {
      nested += span(child, source);
      return;
    }
    if (ts.isJsxElement(child) || ts.isJsxFragment(child) || ts.isJsxSelfClosingElement(child)) {
      isMarkup = true;
    }
    ts.forEachChild(child, look);
  };
  ts.forEachChild(node, look);
  return { name: nameOf(node, source), lines: span(node, source) - nested, isMarkup };
}

function nameOf(node: FunctionNode, source: ts.SourceFile): string {
  if (node.name) return node.name.getText(source);
  const { parent } = node;
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent);
  return isNamed ? parent.name.getText(source) : "a function";
}

function readExport(node: ts.Node, source: ts.SourceFile, into: Syntax): void {
  const line = lineOf(node, source);
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  if (ts.isExportAssignment(node) || has(ts.SyntaxKind.DefaultKeyword)) into.defaultExport = line;
  if (!has(ts.SyntaxKind.ExportKeyword)) return;

  if (!ts.isFunctionDeclaration(node)) return;
  const given = node.parameters[0]?.name.getText(source) ?? "";
  into.exported.push({
    name: node.name?.text ?? "default",
    line,
    isDocumented: ts.getJSDocCommentsAndTags(node).length > 0,
    isVerb: has(ts.SyntaxKind.AsyncKeyword) || given === "ctx" || given === "tx",
  });
}

function span(node: ts.Node, source: ts.SourceFile): number {
  const end = source.getLineAndCharacterOfPosition(node.end).line + 1;
  return end - lineOf(node, source) + 1;
}

function lineOf(node: ts.Node, source: ts.SourceFile): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
