import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Keeps a file. Its contents are read with the account's key, as everything else is. */
export function keepFile(
  world: World,
  facts: {
    filename: string;
    purpose: ObjectOf<"file">["purpose"];
    contentType: string;
    base64: string;
  },
): ObjectOf<"file"> {
  const id = world.newId("file");
  const file: ObjectOf<"file"> = {
    id,
    object: "file",
    created: world.now(),
    expires_at: null,
    filename: facts.filename,
    links: { object: "list", data: [], has_more: false, url: `/v1/file_links?file=${id}` },
    purpose: facts.purpose,
    size: Buffer.from(facts.base64, "base64").length,
    title: null,
    type: facts.filename.split(".").at(-1) ?? null,
    url: `${world.origin}/v1/files/${id}/contents`,
  };
  const { base64, contentType } = facts;
  world.insert("file", file, { base64, contentType });
  world.emit("file.created", file);
  return file;
}
