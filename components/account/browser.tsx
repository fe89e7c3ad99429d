// The first that matches wins: every browser claims to be several others.
const browsers = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
  [/curl\//, "curl"],
] as const;

const systems = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
] as const;

/** What a user agent most likely is. A name to recognise, never a proof. */
export function browserOf(userAgent: string | null) {
  const find = (table: readonly (readonly [RegExp, string])[]) =>
    table.find(([form]) => form.test(userAgent ?? ""))?.[1];
  return { browser: find(browsers), system: find(systems) };
}
