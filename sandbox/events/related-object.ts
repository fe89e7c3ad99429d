/** What is needed to say where an object is read. */
interface Named {
  id?: string;
  object: string;
  account?: string | null;
  customer?: string | null;
}

/** Objects that are not read at the plural of their name. */
const places: Record<string, (named: Named) => string> = {
  bank_account: ({ id, account }) => `/v1/accounts/${account}/external_accounts/${id}`,
  capability: ({ id, account }) => `/v1/accounts/${account}/capabilities/${id}`,
  card: ({ id, account }) => `/v1/accounts/${account}/external_accounts/${id}`,
  person: ({ id, account }) => `/v1/accounts/${account}/persons/${id}`,
};

/** Objects of which there is one, so that its place alone names it. */
const singles: Record<string, (named: Named) => string> = {
  balance: () => "/v1/balance",
  balance_settings: () => "/v1/balance_settings",
  discount: ({ customer }) => `/v1/customers/${customer}/discount`,
  "tax.settings": () => "/v1/tax/settings",
};

/** The object a thin event is about, and where it is read. */
export function relatedTo(object: unknown): { id?: string; type: string; url: string } {
  const named = object as Named;
  const { id = named.object, object: type } = named;
  const single = singles[type]?.(named);
  if (single !== undefined) return { type, url: single };
  const url = places[type]?.(named) ?? `/v1/${type.replace(".", "/")}s/${id}`;
  return { id, type, url };
}
