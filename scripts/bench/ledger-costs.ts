import type { Stage } from "#scripts/bench/stage";
import { query } from "#scripts/bench/stage";

/** A ledger that lacks something, and all that the ones before it lack. */
type Lesser = { readonly name: string; readonly lacks: string };

/**
 * What is taken off, one after the other, to see what it costs. The last inserts the same rows in
 * the same call, and nothing else.
 */
const ladder: readonly Lesser[] = [
  {
    name: "less what reads need indexed",
    lacks: `do $$
      declare one regclass;
      begin
        for one in select indexrelid from pg_index where not indisunique
          and indrelid in ('ledger_entries'::regclass, 'ledger_moves'::regclass)
        loop execute format('drop index %s', one); end loop;
      end $$`,
  },
  {
    name: "less triggers",
    lacks: `alter table ledger_entries disable trigger all;
      alter table ledger_moves disable trigger all;
      drop trigger check_moves on ledger_moves; drop trigger check_correction on ledger_entries`,
  },
  {
    name: "less types that check, and walls",
    lacks: `alter table ledger_entries alter reference type text, alter kind type text;
      alter table ledger_moves alter minor type bigint;
      alter table ledger_books disable row level security;
      alter table ledger_accounts disable row level security;
      alter table ledger_entries disable row level security;
      alter table ledger_moves disable row level security;
      alter table ledger_unfolded disable row level security`,
  },
  {
    name: "less all that is asked",
    lacks: `create or replace function app.post_entries(books text[], whose integer[],
        effective timestamptz[], holders integer[], codes text[], monies text[], parted boolean[],
        entries app.ledger_head[], moves app.ledger_leg[], at timestamptz) returns integer[]
      language plpgsql security definer set search_path = public, pg_temp
      set plan_cache_mode = force_generic_plan as $$
      declare
        ids bigint[] := array(select nextval('ledger_entries_id_seq') from unnest(whose));
      begin
        insert into ledger_entries (id, book_id, reference, kind, effective_at, posted_at,
            about_tenant_id, customer_id, payment_id, country, method, object_id, corrects)
          select ids[s.place], 1, s.reference, s.kind, effective[s.place], at, s.tenant_id,
            s.customer_id, s.payment_id, s.country, s.method, s.object_id, s.corrects
          from unnest(entries) s;
        insert into ledger_moves (entry_id, position, from_account, to_account, from_subject,
            to_subject, minor, effective_at, plan)
          select ids[v.entry], v.position, 1, 2, v.from_subject, v.to_subject, v.minor,
            effective[v.entry], v.plan from unnest(moves) v;
        return null;
      end $$`,
  },
];

/** Databases of the ladder, copies of the stage's; nobody may be connected to that meanwhile. */
export async function openLadder(stage: Stage): Promise<{ name: string; appUrl: string }[]> {
  const opened: { name: string; appUrl: string }[] = [];
  for (const [rung, { name }] of ladder.entries()) {
    const { appUrl, superUrl } = await stage.clone(`bench_less_${rung}`);
    for (const { lacks } of ladder.slice(0, rung + 1)) await query(superUrl, lacks);
    opened.push({ name, appUrl });
  }
  return opened;
}
