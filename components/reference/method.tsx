import type { Method } from "#lib/web/api-operation";

const tones = {
  GET: "bg-default text-default-foreground/80",
  POST: "bg-success-soft text-success-soft-foreground",
  PUT: "bg-warning-soft text-warning-soft-foreground",
  PATCH: "bg-warning-soft text-warning-soft-foreground",
  DELETE: "bg-danger-soft text-danger-soft-foreground",
} as const satisfies Record<Method, string>;

/** The verb of a call: read, make, change, take away. */
export function MethodTag({ of }: { of: Method }) {
  return (
    <span className={`rounded-sm px-1.5 py-0.5 font-mono text-2xs font-medium ${tones[of]}`}>
      {of}
    </span>
  );
}
