import { existsSync, readFileSync } from "node:fs";
import { Hono } from "hono";

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  woff2: "font/woff2",
};

/** The console's own files. Its letters come with the house; without them, the system's serve. */
const files: Record<string, URL> = {
  "console.css": new URL("./console.css", import.meta.url),
  "console-parts.css": new URL("./console-parts.css", import.meta.url),
  "console.js": new URL("./console.js", import.meta.url),
  "letters.woff2": fontFile("geist-sans/Geist-Variable.woff2"),
  "letters-mono.woff2": fontFile("geist-mono/GeistMono-Variable.woff2"),
};

/** Serves what the pages of the console are made with. */
export function assetRoutes(): Hono {
  const assets = new Hono();
  for (const [name, url] of Object.entries(files)) {
    if (!existsSync(url)) continue;
    const bytes = readFileSync(url);
    const type = types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    const cache = name.endsWith(".woff2") ? "max-age=86400" : "no-cache";
    assets.get(`/${name}`, (context) =>
      context.body(new Uint8Array(bytes), 200, { "content-type": type, "cache-control": cache }),
    );
  }
  return assets;
}

function fontFile(path: string): URL {
  return new URL(`../../node_modules/geist/dist/fonts/${path}`, import.meta.url);
}
