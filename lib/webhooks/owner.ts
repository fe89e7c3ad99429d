import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";
import { type EventType, eventTypes } from "#lib/webhooks/event-types";
import { platformEventTypes } from "#lib/webhooks/platform-event-types";

/** Whose endpoints are meant: a workspace's, or the platform's own. */
export type Listener = TenantContext | PlatformContext;

/**
 * Stands where a tenant's id stands in the rows of the platform's own endpoints. Every tenant's id
 * has a prefix, so no tenant's wall lets these through.
 */
export const platformOwner = "platform";

/** The tenant whose rows these are, or the platform's own mark. */
export function ownerOf(ctx: Listener): string {
  return "tenantId" in ctx ? ctx.tenantId : platformOwner;
}

/** Refuses whoever may not look at endpoints, deliveries and events. */
export function requireReader(ctx: Listener): void {
  if ("tenantId" in ctx) requirePermission(ctx, "developers:read");
  else requirePlatform(ctx, "webhooks:read");
}

/** Refuses whoever may not change endpoints or send again. */
export function requireChanger(ctx: Listener): void {
  if ("tenantId" in ctx) requirePermission(ctx, "developers:update");
  else requirePlatform(ctx, "webhooks:update");
}

/** Every type of event an owner can be told of, by its name. */
export function typesOf(owner: string): Readonly<Record<string, EventType>> {
  return owner === platformOwner ? platformEventTypes : eventTypes;
}

/** Facts of the platform's own kinds belong to no tenant; a tenant's belong to it. */
export function tenantOfFacts(owner: string): string | null {
  return owner === platformOwner ? null : owner;
}
