/** A type of the SDK's as data: a node of a graph, whose nodes name each other by their places. */
export type Node =
  | { is: "any" | "text" | "number" | "boolean" | "null" | "undefined" | "decimal" }
  | { is: "literal"; value: string | number | boolean }
  | { is: "list"; of: number }
  | { is: "union"; of: number[] }
  | { is: "object"; fields: Record<string, Field>; index?: number };

/** Where a field's type is, and whether Stripe may leave the field out. */
export type Field = { type: number; isOptional: boolean };

/** Every type of the SDK's that an object on the wire may have, by the word in its `object`. */
export type SdkTypes = { nodes: Node[]; byObject: Record<string, number[]> };
