import type Stripe from "stripe";
import type { TestStripe } from "#tests/sandbox/with-sandbox";

type Enabled = NonNullable<Stripe.AccountSessionCreateParams["components"]>;

/** What a frame answered. */
export interface Seen {
  status: number;
  text: string;
  /** What the answer came as, for something to download. */
  type: string | null;
}

/** The frames of one account session, as a browser opens them. */
export interface Frame {
  see(path: string): Promise<Seen>;
  act(path: string, form: Record<string, string>): Promise<Seen>;
}

/** Opens frames for components with the features they are given, in a connected account. */
export async function openFrame(
  sandbox: TestStripe,
  name: string,
  account: string,
  features: Record<string, Record<string, boolean>>,
): Promise<Frame> {
  const components = Object.fromEntries(
    Object.entries(features).map(([each, on]) => [each, { enabled: true, features: on }]),
  ) as Enabled;
  const stripe = sandbox.client(name);
  const { client_secret } = await stripe.accountSessions.create({ account, components });
  const claimed = await fetch(`${sandbox.url}/embedded/claim`, {
    method: "POST",
    body: JSON.stringify({ client_secret, publishable_key: `pk_test_${name}` }),
  });
  const { token } = (await claimed.json()) as { token: string };
  const at = (path: string) => `${sandbox.url}/embedded/${token}/${path}`;
  const seen = async (response: Response) => ({
    ...{ status: response.status, text: await response.text() },
    type: response.headers.get("content-type"),
  });
  return {
    see: async (path) => seen(await fetch(at(path))),
    act: async (path, form) =>
      seen(await fetch(at(path), { method: "POST", body: new URLSearchParams(form) })),
  };
}
