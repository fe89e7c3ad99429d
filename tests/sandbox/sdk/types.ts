/** A type of the SDK's as data: a node of a graph, whose nodes name each other by their places. */
export type Node =
  | { is: "any" | "text" | "number" | "boolean" | "null" | "undefined" | "decimal" }
  | { is: "literal"; value: string | number | boolean }
  | { is: "list"; of: number }
  /** `by` tells at once which of many members is meant, by the word in one of its fields. */
  | { is: "union"; of: number[]; by?: { field: string; places: Record<string, number> } }
  | { is: "object"; fields: Record<string, Field>; index?: number };

/** Where a field's type is, and whether Stripe may leave the field out. */
export type Field = { type: number; isOptional: boolean };

/** Every type of the SDK's that something on the wire may have. */
export type SdkTypes = {
  nodes: Node[];
  /** Of an object, by the word in its `object`. */
  byObject: Record<string, number[]>;
  /** Of what a route answers with: what the SDK's methods that call it declare they return. */
  returned: Record<string, number[]>;
  /** Of events as they are read and as they are delivered, each a union of hundreds. */
  event: number;
  thinEvent: number;
  notification: number;
  /** Of what stands in `error`, and of the words it may have as its `code`. */
  error: number;
  errorCode: number;
};
