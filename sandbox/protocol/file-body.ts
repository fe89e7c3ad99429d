import { invalidRequest } from "#sandbox/protocol/errors";
import { decodeForm } from "#sandbox/protocol/form";
import type { Param } from "#sandbox/protocol/params";

/** An uploaded file, as a form carries it. */
export interface Upload {
  name: string;
  contentType: string;
  base64: string;
}

/** What is answered as it is and not as JSON: the contents of a file. */
export class FileBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;

  constructor(bytes: Uint8Array, contentType: string) {
    this.bytes = bytes;
    this.contentType = contentType;
  }
}

/** A parameter that is a file. */
export const upload: Param<Upload> = {
  read(value, name) {
    const isFile = typeof value === "object" && value !== null && "base64" in value;
    if (isFile) return value as Upload;
    throw invalidRequest("Invalid file", undefined, name);
  },
};

/** Reads a multipart form. */
export async function uploadFrom(bytes: Buffer, type: string): Promise<Record<string, unknown>> {
  const sent = new Response(new Uint8Array(bytes), { headers: { "content-type": type } });
  const form = await sent.formData().catch(() => {
    throw invalidRequest("Invalid multipart body: its boundary is missing or it is cut short.");
  });
  const texts = new URLSearchParams();
  const files: Record<string, Upload> = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") {
      texts.append(name, value);
      continue;
    }
    const base64 = Buffer.from(await value.arrayBuffer()).toString("base64");
    files[name] = { name: value.name, contentType: value.type, base64 };
  }
  return { ...decodeForm(texts.toString()), ...files };
}
