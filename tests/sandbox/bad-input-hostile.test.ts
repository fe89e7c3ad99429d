import { expect, test } from "vitest";
import { routes } from "#sandbox/resources/routes";
import { billALittle, liveALittle } from "#tests/sandbox/sdk/worlds";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** What nobody should send: in a form as the right side of a field, in JSON as its value. */
const values: [name: string, form: (field: string) => string, json: unknown][] = [
  ["nothing", (field) => `${field}=`, null],
  ["a negative", (field) => `${field}=-1`, -1],
  ["zero", (field) => `${field}=0`, 0],
  ["the largest whole number", (field) => `${field}=9007199254740991`, 9007199254740991],
  ["a number beyond numbers", (field) => `${field}=${"9".repeat(400)}`, "9".repeat(400)],
  ["a far time", (field) => `${field}=99999999999999`, "+275760-09-13T00:00:00.001Z"],
  ["a fraction", (field) => `${field}=0.1`, 0.1],
  ["a word", (field) => `${field}=true`, true],
  ["a quote", (field) => `${field}=${encodeURIComponent("' OR 1=1; --\"")}`, "' OR 1=1; --\""],
  ["a long text", (field) => `${field}=${"ü".repeat(5001)}`, "ü".repeat(5001)],
  ["half a character", (field) => `${field}=%ED%A0%80`, "\ud800"],
  ["a null byte", (field) => `${field}=%00`, "\0"],
  ["a list", (field) => `${field}[]=a&${field}[]=b`, ["a", "b"]],
  ["a list of objects", (field) => `${field}[0][id]=a&${field}[0][amount]=-1`, [{ id: "a" }]],
  ["an object", (field) => `${field}[id]=a`, { id: "a" }],
  ["a prototype", (field) => `${field}[__proto__][x]=1`, JSON.parse('{"__proto__": {"x": 1}}')],
];

/** Sends it as a key of this test's, and answers with what came back. */
async function send(name: string, method: string, path: string, body = "") {
  const query = method === "GET" ? `?${body}` : "";
  const type = path.startsWith("/v2/") ? "application/json" : "application/x-www-form-urlencoded";
  const response = await fetch(`${sandbox.url}${path}${query}`, {
    method,
    headers: { authorization: `Bearer sk_test_${name}`, "content-type": type },
    ...(method === "POST" ? { body } : {}),
  });
  return { status: response.status, text: await response.text() };
}

/** The path of a route, with what its collections hold first in the place of each id. */
async function pathOf(name: string, pattern: string, known: Map<string, string>): Promise<string> {
  let path = "";
  for (const word of pattern.split("/").slice(1)) {
    if (word.startsWith(":") && !known.has(path)) {
      const { text } = await send(name, "GET", path, "limit=1");
      const { data = [] } = JSON.parse(text) as { data?: { id?: string }[] };
      known.set(path, data[0]?.id ?? "none");
    }
    path += `/${word.startsWith(":") ? known.get(path) : word}`;
  }
  return path;
}

test.each([
  ["life", () => liveALittle(sandbox, "life")],
  ["billing", async () => void (await billALittle(sandbox.client("billing")))],
])(
  "whatever is sent in a field of a route in the world of %s, nothing breaks",
  async (name, make) => {
    await make();
    const known = new Map<string, string>();
    const broken: string[] = [];
    let fields = 0;
    for (const [route, { params }] of Object.entries(routes)) {
      const [method = "", pattern = ""] = route.split(" ");
      if (method === "DELETE") continue;
      const path = await pathOf(name, pattern, known);
      for (const field of Object.keys(params)) {
        fields += 1;
        // Each field suffers a quarter of it, and its neighbour the next one.
        const quarter = values.filter((_, place) => (place + fields) % 4 === 0);
        const tries = quarter.map(async ([what, form, json]) => {
          const isJson = method === "POST" && pattern.startsWith("/v2/");
          const body = isJson ? JSON.stringify({ [field]: json }) : form(field);
          const { status, text } = await send(name, method, path, body);
          if (status >= 500 && status !== 501) broken.push(`${route} ${field}: ${what}: ${text}`);
        });
        await Promise.all(tries);
      }
    }
    expect(broken.map((one) => one.slice(0, 200))).toEqual([]);
    expect(fields).toBeGreaterThan(1000);
  },
  120_000,
);
