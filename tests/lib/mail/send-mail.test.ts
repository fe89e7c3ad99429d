import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { getMail, hasMailbox, listMails } from "#lib/mail/list-mails";
import type { MailTemplate, NewMail } from "#lib/mail/mail";
import { queueMail } from "#lib/mail/queue-mail";
import { sendMail } from "#lib/mail/send-mail";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
});
afterEach(() => setEnvironment({ DATABASE_APP_URL: database.appUrl }));
afterAll(() => database.close());

const reset = (over: Partial<NewMail<"reset-password">> = {}): NewMail<"reset-password"> => ({
  template: "reset-password",
  reference: unique("token"),
  to: `${unique("ada")}@example.com`,
  data: { name: "Ada", path: "/reset-password?token=s3cret" },
  ...over,
});

async function queue<T extends MailTemplate>(mail: NewMail<T>) {
  await transact(system, "test.queue", (tx) => queueMail(tx, system, mail));
  return find(mail.reference);
}

const find = (reference: string) =>
  view(system, (tx) => tx.mail.findUniqueOrThrow({ where: { reference } }));

/** A mail server that says what it is told to, and keeps what it is given. */
async function mailServer(answerToData: string): Promise<{ server: Server; taken: string[] }> {
  const taken: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      if (isData) {
        taken.push(text);
        if (!text.endsWith("\r\n.\r\n")) return;
        isData = false;
        socket.write(`${answerToData}\r\n`);
        return;
      }
      for (const line of text.split("\r\n").filter(Boolean)) {
        if (/^DATA/i.test(line)) {
          isData = true;
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 fine\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  setEnvironment({ DATABASE_APP_URL: database.appUrl, SMTP_URL: `smtp://127.0.0.1:${port}` });
  return { server, taken };
}

test("a mail without SMTP is kept, in both forms, with its link in full", async () => {
  const mail = await queue(reset());
  await sendMail(system, { mailId: mail.id });
  const kept = await getMail(system, { mailId: mail.id });
  const link = "http://localhost:3000/reset-password?token=s3cret";
  expect(kept.subject).toBe("Set a new password");
  expect(kept.html).toContain(link);
  expect(kept.text).toContain(link);
  expect((await listMails(system)).map(({ id }) => id)).toContain(mail.id);
});

test("the mailbox exists on a local installation only", async () => {
  expect(hasMailbox()).toBe(true);
  for (const over of [{ STRIPE_API_BASE: "" }, { SMTP_URL: "smtp://127.0.0.1:1" }]) {
    setEnvironment({ DATABASE_APP_URL: database.appUrl, ...over });
    expect(hasMailbox()).toBe(false);
    await expect(listMails(system)).rejects.toMatchObject({ code: "not_found" });
    await expect(getMail(system, { mailId: "mail_1" })).rejects.toMatchObject({
      code: "not_found",
    });
  }
});

test("a mail that is not sent yet is not in the mailbox", async () => {
  const mail = await queue(reset());
  await expect(getMail(system, { mailId: mail.id })).rejects.toMatchObject({ code: "not_found" });
});

test("the same fact twice is one mail and one job", async () => {
  const mail = reset();
  const first = await queue(mail);
  const second = await queue({ ...mail, to: "other@example.com" });
  expect(second).toEqual(first);
});

test("a member without sight of mails may have one sent", async () => {
  const { owner } = await newOwner(system);
  const mail = reset();
  await transact(owner, "test.queue", (tx) => queueMail(tx, owner, mail));
  await transact(owner, "test.queue", (tx) => queueMail(tx, owner, mail));
  expect((await find(mail.reference)).status).toBe("queued");
});

test("over SMTP it is sent once, and what held a secret is cleared", async () => {
  const { server, taken } = await mailServer("250 taken");
  const mail = await queue(reset());
  await sendMail(system, { mailId: mail.id });
  await sendMail(system, { mailId: mail.id });
  server.close();
  const sent = taken.join("");
  expect(sent.match(/^Subject: Set a new password\r$/gm)).toHaveLength(1);
  expect(sent).toContain(`Message-ID: <${mail.id}@localhost>`);
  expect(sent).toContain("Content-Type: text/plain");
  const row = await find(mail.reference);
  expect(row).toMatchObject({ status: "sent", html: null, text: null, data: {} });
  expect(JSON.stringify(row)).not.toContain("s3cret");
});

test("a mail the server puts off is tried again, and its error told", async () => {
  const { server } = await mailServer("451 later");
  const mail = await queue(reset());
  await expect(sendMail(system, { mailId: mail.id })).rejects.toThrow("451");
  server.close();
  expect(await find(mail.reference)).toMatchObject({
    status: "queued",
    error: expect.stringContaining("451"),
  });
});

test("a mail the server refuses for good ends as failed, without the secret it held", async () => {
  const { server } = await mailServer("550 no such person");
  const mail = await queue(reset());
  await sendMail(system, { mailId: mail.id });
  server.close();
  const row = await find(mail.reference);
  expect(row).toMatchObject({ status: "failed", data: {}, error: expect.stringContaining("550") });
  expect(JSON.stringify(row)).not.toContain("s3cret");
});

test("a process killed before it noted the sending sends again, under the same Message-ID", async () => {
  const { server, taken } = await mailServer("250 taken");
  const mail = await queue(reset());
  await sendMail(system, { mailId: mail.id });
  const { id, data } = mail;
  await transact(system, "test.forget", (tx) =>
    tx.mail.update({ where: { id }, data: { status: "queued", data: data as object } }),
  );
  await sendMail(system, { mailId: mail.id });
  server.close();
  const ids = taken.join("").match(/^Message-ID: .+$/gm);
  expect(ids).toEqual([`Message-ID: <${id}@localhost>`, `Message-ID: <${id}@localhost>`]);
});

test("a server that is not there is tried again", async () => {
  setEnvironment({ DATABASE_APP_URL: database.appUrl, SMTP_URL: "smtp://127.0.0.1:1" });
  const mail = await queue(reset());
  await expect(sendMail(system, { mailId: mail.id })).rejects.toThrow();
  expect((await find(mail.reference)).status).toBe("queued");
});

test("a mail that is gone is nobody's error", async () => {
  await expect(sendMail(system, { mailId: "mail_gone" })).resolves.toBeUndefined();
});
