import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes files of one content one file, to which the others are links; answers how many became one.
 * Turbopack writes a chunk anew for each order in which routes name its modules: of one megabyte
 * there were 116, and the web process keeps the text of every file it loads. Node loads what a link
 * leads to, once.
 */
export function shareChunks(folder: string): number {
  return [join(folder, "server/chunks"), join(folder, "server/chunks/ssr")].reduce(
    (shared, chunks) => shared + shareIn(chunks),
    0,
  );
}

function shareIn(folder: string): number {
  const first = new Map<string, string>();
  let shared = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".js")) continue;
    const text = readFileSync(join(folder, entry.name), "utf8");
    // What is no list of modules has a state of its own: the runtime.
    if (!text.startsWith("module.exports=[")) continue;
    const name = contentOf(text);
    const known = first.get(name);
    if (known === undefined) first.set(name, entry.name);
    else if (link(join(folder, entry.name), known)) shared += 1;
  }
  return shared;
}

/** Without its last line, which only names the map beside the file. */
function contentOf(text: string): string {
  return createHash("sha256")
    .update(text.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, ""))
    .digest("base64");
}

/** Windows lets few people make links; there the file stays. */
function link(path: string, target: string): boolean {
  const made = `${path}.link`;
  try {
    symlinkSync(target, made);
  } catch {
    return false;
  }
  renameSync(made, path);
  return true;
}
