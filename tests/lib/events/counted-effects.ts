import type { Effects } from "#lib/events/converger";

/**
 * Effects that leave a row besides for each fact, which nothing keeps from being written twice.
 * `createUnguarded` makes its table.
 */
export function counted(effects: Effects): Effects {
  return async (tx, facts, ctx) => {
    await effects(tx, facts, ctx);
    const references = facts.map(({ reference }) => reference);
    await tx.$executeRaw`insert into unguarded select * from unnest(${references}::text[])`;
  };
}

export const createUnguarded =
  "create table unguarded (reference text); grant insert on unguarded to lockstep_app";
