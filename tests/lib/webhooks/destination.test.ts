import { expect, test } from "vitest";
import { mayReach, parseDestination } from "#lib/webhooks/destination";

const outside = { allowsLoopback: false };
const local = { allowsLoopback: true };

/** Hosts that must never be called, in every spelling a URL takes them in. */
const hosts = [
  ...["127.0.0.1", "127.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1"],
  ...["017700000001", "0177.0.0.1", "127.0.0.1.", "%31%32%37.0.0.1", "１２７.0.0.1"],
  ...["0", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "167772161", "0x0a000001"],
  ...["172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "3232235521"],
  ...["169.254.169.254", "169.254.0.1", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376"],
  ...["100.64.0.1", "100.127.255.254", "100.100.100.200", "192.0.0.1", "192.0.0.192"],
  ...["192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255"],
  ...["192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
  ...["[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"],
  ...["[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:8.8.8.8]", "[::127.0.0.1]"],
  ...["[::7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::a00:1]"],
  ...["[2002:7f00:1::]", "[2002:a9fe:a9fe::]", "[2001:0:7f00:1::]", "[2001:db8::1]"],
  ...["[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[100::1]"],
  ...["[2001:2::1]", "[2001:20::1]", "[4000::1]", "[::ffff:0:127.0.0.1]"],
  ...["localhost", "LOCALHOST", "localhost.", "api.localhost", "printer", "db.internal"],
  ...["metadata.google.internal", "metadata.google.internal.", "nas.local", "router.lan"],
  ...["gate.home.arpa", "metadata"],
];

/** URLs whose host is fine, and nothing else is. */
const urls = [
  ...["http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/"],
  ...["javascript:alert(1)", "data:text/plain,hi", "ws://example.com/", "", "example.com", "//a.b"],
  ...["https://user@example.com/", "https://user:pw@example.com/", "https://:pw@example.com/"],
  ...["https://example.com:22/", "https://example.com:5432/", "https://example.com:8080/"],
  ...["https://example.com:0/", "https://example.com:65536/", "https://"],
];

test("the corpus is as large as the ways around it are many", () => {
  expect(new Set([...hosts, ...urls]).size).toBeGreaterThanOrEqual(60);
});

test.each(hosts)("the host %s is refused", (host) => {
  expect(() => parseDestination(`https://${host}/hook`, outside)).toThrow(
    expect.objectContaining({ code: "invalid", field: "url" }),
  );
});

test.each(urls)("the URL «%s» is refused", (url) => {
  expect(() => parseDestination(url, outside)).toThrow(
    expect.objectContaining({ code: "invalid", field: "url" }),
  );
});

test.each([
  ...["https://example.com/hook", "https://example.com:8443/", "https://example.com:80/"],
  ...["https://8.8.8.8/", "https://[2606:4700:4700::1111]/"],
])("%s is accepted", (url) => {
  expect(parseDestination(url, outside).href).toBe(url);
});

test.each([...["http://localhost:4000/", "http://127.0.0.1:9/", "https://[::1]:4433/"]])(
  "%s is accepted in a local set-up alone",
  (url) => {
    expect(parseDestination(url, local).href).toBe(url);
    expect(() => parseDestination(url, outside)).toThrow();
  },
);

test.each([
  ...["https://10.0.0.1/", "https://169.254.169.254/", "http://192.168.0.1/", "http://a.com/"],
])("%s is refused in a local set-up too", (url) => {
  expect(() => parseDestination(url, local)).toThrow();
});

test("an address is reached when it is public, or this machine's in a local set-up", () => {
  expect(mayReach("8.8.8.8", outside)).toBe(true);
  expect(mayReach("127.0.0.1", outside)).toBe(false);
  expect(mayReach("::ffff:127.0.0.1", outside)).toBe(false);
  expect(mayReach("fe80::1%eth0", outside)).toBe(false);
  expect(mayReach("not an address", local)).toBe(false);
  expect(mayReach("127.0.0.1", local)).toBe(true);
  expect(mayReach("10.0.0.1", local)).toBe(false);
});
