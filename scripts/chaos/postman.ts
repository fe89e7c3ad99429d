import pLimit from "p-limit";
import { type Doors, doorSecrets, type Knock } from "#scripts/chaos/doors";
import { type Letter, sign } from "#scripts/chaos/post-office";
import type { Random } from "#scripts/chaos/random";

/** What became of what was sent. */
export type Tally = {
  /** Deliveries made, copies among them. */
  sent: number;
  /** Events that were answered with 200 at least once. */
  acknowledged: Set<string>;
  /** Deliveries that were not taken: the receiver's clock was off, or its database away. */
  refused: number;
  /** Letters nobody ever delivered. */
  missing: number;
  /** Forged, stale and garbled bodies that were knocked with, and those that were let in. */
  bad: number;
  believed: number;
};

type Copy = { letter: Letter; round: number };

const knocksAtOnce = 64;
const tenMinutesMs = 600_000;
const farRounds = 3;

/**
 * Delivers letters as badly as the internet may: some never, most once, many twice, a few a hundred
 * times at once, late and in any order, with forgeries in between. What was not acknowledged is
 * delivered again, as Stripe would.
 */
export function createPostman(doors: Doors, random: Random) {
  const tally: Tally = {
    ...{ sent: 0, acknowledged: new Set(), refused: 0, missing: 0, bad: 0, believed: 0 },
  };
  const busy = pLimit(knocksAtOnce);
  let bag: Copy[] = [];

  const knock = (knocking: Knock, offMs: number): Promise<number> =>
    random.chance(0.3) && offMs === 0 ? doors.front(knocking) : doors.route(knocking, offMs);
  const deliver = async ({ letter, round }: Copy): Promise<void> => {
    const offMs = random.chance(0.02) ? random.pick([-tenMinutesMs, tenMinutesMs]) : 0;
    tally.sent += 1;
    const status = await knock(signed(letter), offMs);
    if (status === 200) tally.acknowledged.add(letter.eventId);
    else {
      tally.refused += 1;
      bag.push({ letter, round: round + 1 });
    }
  };
  const pester = async (letter: Letter): Promise<void> => {
    tally.bad += 1;
    const status = await knock(random.pick(badly)(letter), 0);
    if (status === 200) tally.believed += 1;
  };

  return {
    tally,
    /** Takes letters along, each with its fate. */
    load: (letters: readonly Letter[], round: number): void => {
      for (const letter of letters) {
        if (random.chance(0.05)) tally.missing += 1;
        else {
          for (let copy = copies(random); copy > 0; copy -= 1) {
            bag.push({ letter, round: round + Math.max(0, random.int(-farRounds, farRounds)) });
          }
        }
      }
    },
    /** Delivers what is due in a round, in any order. */
    walk: async (round: number): Promise<void> => {
      const due = random.shuffle(bag.filter((copy) => copy.round <= round));
      bag = bag.filter((copy) => copy.round > round);
      await Promise.all(
        due.map((copy) =>
          busy(async () => {
            if (random.chance(0.03)) await pester(copy.letter);
            await deliver(copy);
          }),
        ),
      );
    },
    left: () => bag.length,
    lastRound: () => Math.max(0, ...bag.map(({ round }) => round)),
  };
}

export type Postman = ReturnType<typeof createPostman>;

function copies(random: Random): number {
  const drawn = random.next();
  if (drawn < 0.004) return 100;
  if (drawn < 0.1) return random.int(3, 5);
  return drawn < 0.4 ? 2 : 1;
}

function signed({ endpoint, body }: Letter): Knock {
  return { endpoint, body, signature: sign(body, doorSecrets[endpoint], seconds()) };
}

/** A letter with other words than Stripe's: whoever believes it has a mirror that differs. */
function altered({ body }: Letter): string {
  return body.replace(/"name":"[^"]*"/, '"name":"Mallory"').replace(/"id":"evt_/, '"id":"evt_x');
}

const badly: ((letter: Letter) => Knock)[] = [
  (letter) => ({ ...signed(letter), body: altered(letter) }),
  (letter) => ({ ...signed(letter), signature: sign(letter.body, "whsec_mallory", seconds()) }),
  (letter) => ({ ...signed(letter), signature: "t=1,v1=00" }),
  (letter) => {
    const body = altered(letter);
    const old = sign(body, doorSecrets[letter.endpoint], seconds() - 3_600);
    return { endpoint: letter.endpoint, body, signature: old };
  },
  (letter) => signed({ ...letter, body: altered(letter).slice(0, -9) }),
  (letter) => signed({ ...letter, body: `[${letter.body}]` }),
  (letter) => signed({ ...letter, body: "\u0000not json" }),
];

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
