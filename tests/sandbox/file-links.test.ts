import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const upload = (stripe: Stripe, purpose: Stripe.FileCreateParams["purpose"]) =>
  stripe.files.create({
    purpose,
    file: { data: Buffer.from("<b>proof</b>"), name: "proof.html", type: "text/html" },
  });

test("whoever knows a link reads its file, until it expires", async () => {
  const stripe = sandbox.client("links");
  const file = await upload(stripe, "dispute_evidence");
  const { created } = file;
  const link = await stripe.fileLinks.create({
    ...{ file: file.id, expires_at: created + 3_600, metadata: { for: "bank" } },
  });
  expect(link).toMatchObject({
    ...{ object: "file_link", expired: false, file: file.id, metadata: { for: "bank" } },
  });
  const open = () => fetch(link.url ?? "");
  const opened = await open();
  expect([opened.status, await opened.text()]).toEqual([200, "<b>proof</b>"]);
  expect(opened.headers.get("content-security-policy")).toContain("sandbox");
  const read = await stripe.files.retrieve(file.id);
  expect(read.links?.data.map(({ id }) => id)).toEqual([link.id]);

  await sandbox.admin("/clock", { advance_seconds: 3_601 }, "links");
  expect((await open()).status).toBe(404);
  expect((await stripe.fileLinks.retrieve(link.id)).expired).toBe(true);
  const longer = await stripe.fileLinks.update(link.id, { expires_at: "", metadata: "" });
  expect(longer).toMatchObject({ expired: false, expires_at: null, metadata: {} });
  expect((await open()).status).toBe(200);
  await stripe.fileLinks.update(link.id, { expires_at: "now" });
  expect((await open()).status).toBe(404);
});

test("links are listed by their file and by whether they have expired", async () => {
  const stripe = sandbox.client("listed");
  const [one, two] = [
    await upload(stripe, "dispute_evidence"),
    await upload(stripe, "business_logo"),
  ];
  const first = await stripe.fileLinks.create({ file: one.id });
  const second = await stripe.fileLinks.create({ file: two.id });
  await stripe.fileLinks.update(second.id, { expires_at: "now" });
  const ids = async (params: Stripe.FileLinkListParams) =>
    (await stripe.fileLinks.list(params)).data.map(({ id }) => id);
  expect(await ids({})).toEqual([second.id, first.id]);
  expect(await ids({ file: one.id })).toEqual([first.id]);
  expect(await ids({ expired: true })).toEqual([second.id]);
  expect(await ids({ expired: false, limit: 1 })).toEqual([first.id]);
  const [whole] = (await stripe.fileLinks.list({ expand: ["data.file"], limit: 1 })).data;
  expect(whole?.file).toMatchObject({ id: two.id, object: "file" });
});

test("a file is linked to as it is uploaded", async () => {
  const stripe = sandbox.client("uploaded");
  const data = Buffer.from("a logo");
  const file = await stripe.files.create({
    ...{ purpose: "business_logo", file: { data, name: "logo.png", type: "image/png" } },
    file_link_data: { create: true, metadata: { for: "shop" } },
    expand: ["links.data.file"],
  });
  const [link] = file.links?.data ?? [];
  expect(link).toMatchObject({ metadata: { for: "shop" }, file: { id: file.id } });
  expect(await (await fetch(link?.url ?? "")).text()).toBe("a logo");
});

test("what cannot be linked to is refused", async () => {
  const stripe = sandbox.client("unlinked");
  const file = await upload(stripe, "dispute_evidence");
  const create = (params: Partial<Stripe.FileLinkCreateParams>) =>
    stripe.fileLinks.create({ file: file.id, ...params }).catch(failure);
  expect(await create({ file: "file_none" })).toMatchObject({
    ...{ statusCode: 400, code: "resource_missing", param: "file" },
  });
  expect(await create({ expires_at: 5 })).toMatchObject({ statusCode: 400, param: "expires_at" });
  const secret = await upload(stripe, "identity_document");
  expect(await create({ file: secret.id })).toMatchObject({ statusCode: 400, param: "file" });
  expect(await stripe.fileLinks.retrieve("link_none").catch(failure)).toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
  expect((await fetch(`${sandbox.url}/links/nonsense`)).status).toBe(404);
});
