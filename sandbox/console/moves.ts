/** Long work somebody began in a world, such as moving its time. */
export interface Move {
  what: string;
  from: number;
  to: number;
  isDone: boolean;
  ran: number;
  failed?: string;
}

/** The long work of every world. It is kept here so that a page can be left and come back to. */
export interface Moves {
  of(world: string): Move | undefined;
  /** Begins work, and resolves when it is done or has taken longer than a page should wait. */
  begin(
    world: string,
    move: Pick<Move, "what" | "from" | "to">,
    work: () => Promise<number>,
  ): Promise<Move>;
  forget(world: string): void;
}

const patienceMs = 1200;

/** Starts with nothing under way. */
export function createMoves(): Moves {
  const moves = new Map<string, Move>();
  return {
    of: (world) => moves.get(world),
    forget: (world) => void moves.delete(world),
    async begin(world, about, work) {
      const move: Move = { ...about, isDone: false, ran: 0 };
      moves.set(world, move);
      const done = work()
        .then((ran) => {
          move.ran = ran;
        })
        .catch((error: unknown) => {
          move.failed = error instanceof Error ? error.message : String(error);
        })
        .finally(() => {
          move.isDone = true;
        });
      await Promise.race([done, patience()]);
      return move;
    },
  };
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs).unref();
  });
}
