import ipaddr from "ipaddr.js";

const globalIpv6 = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/**
 * True only for an address of the public internet. What is private, loopback, link-local (the
 * clouds' metadata among it), shared, multicast, reserved or carries an IPv4 address is not.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(globalIpv6);
}

/** True for this machine's own address, which only a local set-up may be sent to. */
export function isLoopback(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === "loopback";
}
