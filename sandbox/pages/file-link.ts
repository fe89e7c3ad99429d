import { Hono } from "hono";
import type { Engine } from "#sandbox/engine";
import { onPage } from "#sandbox/pages/find-page";
import { notice, pageHeaders } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import { isExpired } from "#sandbox/resources/file-links";

/** What a file link's `url` opens: the file itself, which may do nothing here. */
export function fileLinkPages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/links/:token", async (context) => {
    const file = onPage(engine, "file_link", context.req.param("token"), (world, id) => {
      const { object } = get(world, "file_link", id);
      return isExpired(world, object) ? undefined : get(world, "file", object.file).hidden;
    });
    if (file === undefined) {
      const gone = await notice("No such file", "The link is wrong, or it has expired.");
      return context.body(String(gone), 404, pageHeaders());
    }
    return context.body(new Uint8Array(Buffer.from(file.base64, "base64")), 200, {
      "content-type": file.contentType,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
  });
  return pages;
}
