import type { ApiPath } from "#components/ui/use-submit";

/** Where endpoints are: a workspace's under Developers, the platform's in the console. */
export type Place = {
  readonly pages: `/${string}`;
  readonly api: ApiPath;
  readonly whose: "workspace" | "platform";
};

export function placeOf(slug: string): Place {
  return { pages: `/${slug}/developers`, api: `/api/v1/tenants/${slug}`, whose: "workspace" };
}

export const platformPlace: Place = {
  ...{ pages: "/admin/webhooks", api: "/api/v1/admin", whose: "platform" },
};
