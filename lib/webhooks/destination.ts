import { isIP } from "node:net";
import { Refusal } from "#lib/errors";
import { isLoopback, isPublicAddress } from "#lib/webhooks/address";

/** What a webhook may be sent to. Loopback, and with it http, is for a local set-up alone. */
export type Reach = { readonly allowsLoopback: boolean };

const ports = ["", "443", "8443", "80"];

/**
 * The URL as we call it, or a refusal that says what is wrong. A name is judged again, by the
 * addresses it has then, whenever we connect.
 */
export function parseDestination(text: string, reach: Reach): URL {
  if (!URL.canParse(text)) refuse("This is not a URL.");
  const url = new URL(text); // Also turns decimal, octal and hex hosts into the address they mean.
  const host = hostOf(url);
  if (url.username || url.password) refuse("The URL must not carry a user name or a password.");
  if (reach.allowsLoopback && isLocalHost(host)) {
    if (!/^https?:$/.test(url.protocol)) refuse("The URL must begin with http:// or https://.");
    return url;
  }
  if (url.protocol !== "https:") refuse("The URL must begin with https://.");
  if (!ports.includes(url.port)) refuse("The port must be 443, 8443 or 80.");
  if (isIP(host) ? !isPublicAddress(host) : !isPublicName(host)) {
    refuse("The host must be on the public internet.");
  }
  return url;
}

/** The host without the brackets of an IPv6 address and the dot that ends a full name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/** True where an address may be connected to. */
export function mayReach(address: string, reach: Reach): boolean {
  return isPublicAddress(address) || (reach.allowsLoopback && isLoopback(address));
}

function isLocalHost(host: string): boolean {
  return host === "localhost" || isLoopback(host);
}

function isPublicName(host: string): boolean {
  return host.includes(".") && !/\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

function refuse(message: string): never {
  throw new Refusal("invalid", message, { field: "url" });
}
