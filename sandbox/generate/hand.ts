import { callRoute } from "#sandbox/embedded/call-route";
import type { Engine } from "#sandbox/engine";
import { StripeError } from "#sandbox/protocol/errors";
import type { Namespace } from "#sandbox/world/namespace";
import type { World } from "#sandbox/world/world";

/** What every handler may answer with. */
export type Answer = { id: string } & Record<string, unknown>;

/** Acts as somebody with a key would, each act a transaction at an instant of its own. */
export interface Hand {
  /**
   * What the API does at a route, in the platform's world or an account's. A refusal of Stripe's
   * is a part of the story and answers nothing; what it wrote (a declined payment) stays.
   */
  call(
    route: string,
    sent?: Record<string, unknown>,
    where?: { id?: string; account?: string },
  ): Answer | undefined;
  /** The same for what has no route: what a bank, or a person on a page, does. */
  act<T>(work: (world: World) => T, account?: string): T | undefined;
  /** From here on it is this instant, in seconds. */
  at(instant: number): void;
  /** Acts that were refused. */
  readonly refused: number;
}

/** Makes one for a world. */
export function createHand(engine: Engine, namespace: Namespace): Hand {
  let instant = namespace.clock.now();
  let refused = 0;
  const act: Hand["act"] = (work, account = namespace.account) =>
    namespace.clock.holdAt(instant, () => {
      let refusal: StripeError | undefined;
      const run = (world: World) => {
        try {
          return work(world);
        } catch (error) {
          if (!(error instanceof StripeError) || !error.keepsWrites) throw error;
          refusal = error;
          return undefined;
        }
      };
      try {
        return engine.inWorld({ namespace, account }, run);
      } catch (error) {
        if (!(error instanceof StripeError) || error.status >= 500) throw error;
        refusal = error;
        return undefined;
      } finally {
        if (refusal !== undefined) refused += 1;
      }
    });
  return {
    act,
    call: (route, sent = {}, { id, account } = {}) =>
      act(
        (world) => callRoute<Answer>(world, route, sent, id === undefined ? {} : { id }),
        account,
      ),
    at: (next) => {
      instant = next;
    },
    get refused() {
      return refused;
    },
  };
}
