import type { z } from "zod";
import type { Context } from "#lib/context";
import type { PersonContext, PlatformContext, TenantContext } from "#lib/tenancy/context";
import type { PlatformPermission, TenantPermission } from "#lib/tenancy/permissions";
import type { LimitName } from "#lib/web/limits";
import type { FileRule, FileStream } from "#lib/web/read-request";

/**
 * Who an endpoint is for. `tenant` has the workspace in its path and takes its members and its API
 * keys; `key` has none in its path, as the key says whose it is.
 */
export type Contexts = {
  anyone: Context;
  person: PersonContext;
  tenant: TenantContext;
  key: TenantContext;
  platform: PlatformContext;
};
type Permissions = {
  anyone: never;
  person: never;
  tenant: TenantPermission;
  key: TenantPermission;
  platform: PlatformPermission;
};
export type Who = keyof Contexts;

/** One endpoint: who may, what they send, one verb, one answer, and what is said of it. */
export type Endpoint<
  W extends Who,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
> = {
  who: W;
  permission?: Permissions[W];
  /** For people alone: no key may, whatever its scopes. So is a tenant's without a permission. */
  people?: true;
  /** What it does, as the reference lists it: "List invoices". */
  summary?: string;
  /** What a caller should know besides: effects, surprises. */
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** A whole file in place of JSON as what is sent; `file` has its bytes. */
  takes?: FileRule;
  /** The same, read as it arrives; `stream` gives it. It is not kept for a repetition. */
  streams?: FileRule;
  /** What it answers with, as JSON has it: an instant is a string, a bigint too. See wire.ts. */
  answer?: A;
  /** A whole file in place of JSON: its media type, such as application/pdf. */
  answersWith?: string;
  /** A limit of its own, per key or person where one is known and per address otherwise. */
  limit?: LimitName;
  /** False where every part of a request is idempotent by itself, so that nothing is kept of it. */
  idempotencyKey?: false;
  status?: number;
  run(
    ctx: Contexts[W],
    sent: {
      params: z.output<P>;
      query: z.output<Q>;
      body: z.output<B>;
      file: Buffer;
      stream: FileStream;
    },
  ): Said<A> | Promise<Said<A>>;
};

/** An endpoint whose kinds do not matter: as the front of the API and its description see it. */
export type AnyEndpoint = Omit<
  Endpoint<Who, z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
  "permission" | "run"
> & {
  permission?: TenantPermission | PlatformPermission;
  run(ctx: never, sent: never): unknown;
};

/** What a handler may return: a whole response, or what its `answer` describes. */
type Said<A extends z.ZodType> =
  unknown extends z.output<A> ? unknown : Sent<z.output<A>> | Response;

/** Whatever JSON writes as T: what is any string there may be a Date or a bigint here. */
type Sent<T> = T extends string
  ? T | (string extends T ? Date | bigint : never)
  : T extends readonly (infer Item)[]
    ? readonly Sent<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Sent<T[Key]> }
      : T;
