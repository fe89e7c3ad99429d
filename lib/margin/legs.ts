import { Prisma } from "#lib/db/generated/client";
import { waiting } from "#lib/ledger/waiting";
import { accountsOf, type Figure, figureNames, figures, isOfPayments } from "#lib/margin/figures";
import { type Dimension, dimensionNames, type Filters, none, type Span } from "#lib/margin/input";
import type { Currency } from "#lib/money/currency";

/** Legs: what each move added to an account of a figure, and of whom it is. */
export type Wanted = {
  readonly currency: Currency;
  readonly span: Span;
  readonly figures?: readonly Figure[];
  readonly filters: Filters;
  readonly by?: Dimension;
};

/** The accounts `own` that figures are made of, and the plan that each tenant `had` last. */
export function accounts({ currency, figures: names = figureNames }: Wanted): Prisma.Sql {
  const rows = names.flatMap((figure) =>
    accountsOf(figure).map((code) => ({
      ...{ code, figure },
      isPlatform: figures[figure].of === "platform",
      isLookedUp: isOfPayments(code),
    })),
  );
  return Prisma.sql`figure as (
    select * from unnest(${rows.map(({ code }) => code)}::text[],
      ${rows.map(({ figure }) => figure)}::text[],
      ${rows.map(({ isPlatform }) => isPlatform)}::boolean[],
      ${rows.map(({ isLookedUp }) => isLookedUp)}::boolean[])
      f (code, figure, is_platform, is_looked_up)
  ), own as materialized (
    select a.id, a.code, b.tenant_id, f.figure, f.is_looked_up
    from ledger_accounts a join ledger_books b on b.id = a.book_id
      join figure f on f.code = a.code and f.is_platform = (b.tenant_id is null)
    where a.currency = ${currency}
  ), had as materialized (
    select distinct on (s.tenant_id) s.tenant_id, p.key as plan
    from subscriptions s join plan_versions v on v.id = s.version_id
      join plans p on p.id = v.plan_id
    where s.status not in ('incomplete', 'incomplete_expired')
    order by s.tenant_id, s.created_at desc
  )`;
}

/**
 * The legs summed where sums say enough: whole days, from what is folded by day, and what waits to
 * be folded by itself. Where it is asked of whom they are, the few that leave it to their payment
 * to say are taken out of where they stand and put where they belong.
 */
export function summedLegs(wanted: Wanted): Prisma.Sql {
  const { span } = wanted;
  const summed = Prisma.sql`
    select own.figure, own.is_looked_up, coalesce(nullif(s.about_tenant_id, ''), own.tenant_id, '')
      as tenant, s.plan, s.country, ${paid(Prisma.sql`s.method`)} as method,
      s.credit - s.debit as minor
    from own join ledger_slices s on s.account_id = own.id
      and s.day >= (${span.from}::timestamptz at time zone 'UTC')::date
      and s.day < (${span.before}::timestamptz at time zone 'UTC')::date
    union all
    select own.figure, own.is_looked_up, coalesce(e.about_tenant_id, own.tenant_id, ''),
      coalesce(leg.plan, ''), coalesce(e.country, ''), ${paid(Prisma.sql`e.method`)}, leg.minor
    from (${unfolded(span)}) leg join own on own.id = leg.account_id
      join ledger_entries e on e.id = leg.entry_id`;
  if (!dimensionNames.some((name) => isAsked(wanted, name))) return named(summed);
  return named(Prisma.sql`${summed}
    union all
    select figure, is_looked_up, case when is_told then tenant else was_tenant end, plan,
      case when is_told then country else was_country end,
      case when is_told then method else was_method end,
      case when is_told then minor else -minor end
    from (select own.figure, own.is_looked_up, ${told}, ${was}, leg.minor
      from (${untold(span)}) leg join own on own.id = leg.account_id
        join ledger_entries e on e.id = leg.entry_id ${payment} where own.is_looked_up) leg
      cross join (values (true), (false)) side (is_told)`);
}

/** The legs one by one, in an order by time that pages follow, as far as a page is long. */
export function singleLegs(wanted: Wanted, after: Prisma.Sql, limit: number): Prisma.Sql {
  const side = (end: "from" | "to") => Prisma.sql`
    select own.code, leg.* from own cross join lateral (
      select * from (${named(Prisma.sql`
        select own.id as account_id, own.figure, own.is_looked_up, ${told},
          ${Prisma.raw(end === "from" ? "leg.minor" : "-leg.minor")} as minor,
          leg.entry_id, leg.position, leg.effective_at, e.reference, e.kind
        from ledger_moves leg join ledger_entries e on e.id = leg.entry_id ${payment}
        where leg.${Prisma.raw(`${end}_account`)} = own.id ${within("leg", wanted.span)}`)}) one
      where true ${filtered(wanted.filters)} ${after}
      order by effective_at desc, entry_id desc, position desc, account_id desc limit ${limit}
    ) leg`;
  return Prisma.sql`select * from (${side("from")} union all ${side("to")}) leg
    order by effective_at desc, entry_id desc, position desc, account_id desc limit ${limit}`;
}

/** Only those that are of what was asked for. */
export function filtered(filters: Filters): Prisma.Sql {
  const parts = dimensionNames.flatMap((name) => {
    const value = filters[name];
    if (value === undefined) return [];
    return [Prisma.sql`and ${columnOf(name)} = ${value === none ? "" : value}`];
  });
  return parts.length ? Prisma.join(parts, " ") : Prisma.empty;
}

/** Where a leg says it. */
export function columnOf(dimension: Dimension): Prisma.Sql {
  const columns = {
    tenant: "tenant",
    plan: "plan_key",
    country: "payer_country",
    method: "method",
  };
  return Prisma.raw(columns[dimension]);
}

/** What arrives by a transfer says so in place of how was paid. */
function paid(method: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce(nullif(${method}, 'stripe_account'), '')`;
}

/** The same of an entry alone, as its day's sums have it. */
const was = Prisma.sql`coalesce(e.about_tenant_id, own.tenant_id, '') as was_tenant,
  coalesce(e.country, '') as was_country, ${paid(Prisma.sql`e.method`)} as was_method`;

/** Whose an entry is, for which plan, and who paid it how; by its payment where it is silent. */
const told = Prisma.sql`
  coalesce(e.about_tenant_id, own.tenant_id, named.tenant, '') as tenant,
  coalesce(leg.plan, '') as plan, coalesce(e.country, named.country, behind.country, '') as country,
  coalesce(nullif(e.method, 'stripe_account'), named.method, behind.method, '') as method`;

/** Where an entry leaves it to its payment to say who paid; what arrives by a transfer does too. */
const isUntold = Prisma.sql`(e.method is null or e.method = 'stripe_account')`;

/**
 * The entry of the payment that an entry `named`; and where that is what a transfer brought to an
 * account, the entry of the platform's charge `behind` it.
 */
const payment = Prisma.sql`left join lateral (
    select x.about_tenant_id as tenant, x.country, nullif(x.method, 'stripe_account') as method
    from ledger_entries x where own.is_looked_up and ${isUntold} and x.object_id = e.payment_id
    order by nullif(x.method, 'stripe_account') is null, x.about_tenant_id is null limit 1
  ) named on true left join lateral (
    select x.country, x.method from ledger_books b
      join stripe_charges c on c.account = b.key and c.id = e.payment_id
      join stripe_transfers t on t.account = '' and t.id = c.object ->> 'source_transfer'
      join ledger_entries x on x.object_id = t.source_transaction_id and x.method is not null
    where own.is_looked_up and ${isUntold} and named.method is null
      and e.payment_id like 'py\\_%'
      and b.tenant_id = coalesce(e.about_tenant_id, own.tenant_id) limit 1
  ) behind on true`;

/** In a reader's words: a plan by its key, and a tenant's country where the tenant pays itself. */
function named(parts: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select part.*, coalesce(p.key, nullif(part.plan, ''), had.plan, '') as plan_key,
      coalesce(nullif(part.country, ''),
        case when not part.is_looked_up and part.method = '' then t.country end, '')
        as payer_country
    from (${parts}) part left join tenants t on t.id = part.tenant
      left join plan_versions v on v.id = part.plan left join plans p on p.id = v.plan_id
      left join had on had.tenant_id = part.tenant`;
}

function isAsked({ by, filters }: Wanted, name: Dimension): boolean {
  return name === by || filters[name] !== undefined;
}

function within(leg: "leg" | "m" | "e", { from, before }: Span): Prisma.Sql {
  const at = Prisma.raw(`${leg}.effective_at`);
  return Prisma.sql`and ${at} >= ${from} and ${at} < ${before}`;
}

function unfolded(span: Span): Prisma.Sql {
  return Prisma.sql`
    select leg.account_id, m.entry_id, m.plan, leg.minor
    from ${waiting} cross join lateral (values (m.from_account, m.minor::numeric),
      (m.to_account, -m.minor::numeric)) leg (account_id, minor)
    where true ${within("m", span)}`;
}

/** Legs of entries that name a payment and do not say who paid: by their own index. */
function untold(span: Span): Prisma.Sql {
  return Prisma.sql`
    select leg.account_id, m.entry_id, m.plan, leg.minor
    from ledger_entries e join ledger_moves m on m.entry_id = e.id
      cross join lateral (values (m.from_account, m.minor::numeric),
        (m.to_account, -m.minor::numeric)) leg (account_id, minor)
    where e.payment_id is not null and ${isUntold}
      ${within("e", span)}`;
}
