/** Where the catalogue says what a scope means: `usage:write` stands at `scope.usage.write`. */
export function wordsOf(scope: string): "scope.usage.write" {
  return `scope.${scope.replace(":", ".")}` as "scope.usage.write";
}
