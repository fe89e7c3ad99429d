/** What work that can wait may ask of Stripe. */
export type Budget = {
  /** Resolves when one more request of this account (empty: the platform) may be made. */
  waitForTurn(account: string): Promise<void>;
  /** Stripe said that this account asks too much: work that can wait leaves it alone so long. */
  rest(account: string, seconds: number): Promise<void>;
};
