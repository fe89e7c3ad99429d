import { type Mutant, mutantsOf } from "#scripts/mutations/mutant";

const posting = "tests/lib/ledger/post-entries.test.ts";
const pastTheDoor = "tests/lib/ledger/past-the-door.test.ts";
const books = "tests/lib/ledger/books.test.ts";
const counting = "tests/lib/ledger/verify-ledger.test.ts";
const tampering = "tests/lib/ledger/tampering.test.ts";
const balances = "tests/lib/ledger/read-balances.test.ts";

/** What may be posted, asked at the door. */
const atTheDoor = [
  ...mutantsOf("app.post_entries", posting, [
    ["never", "IF «NOT app.is_platform()» THEN"],
    ["dropped", "«AND a.is_kept = n.is_parted»"],
    ["always", "«monies[v.from_place] = monies[v.to_place]»"],
    ["always", "«parted[v.to_place] = (v.to_subject <> '')»"],
    [
      "always",
      "«(found_ids[v.from_place] <> found_ids[v.to_place] OR v.from_subject <> v.to_subject)»",
    ],
    ["swapped", "«v.from_subject, v.to_subject», v.minor"],
    ["never", "IF «begun < added» THEN"],
    [
      "dropped",
      "«PERFORM app.compare_posted(held, whose, codes, monies, entries, moves, found_ids);»",
    ],
  ]),
  ...mutantsOf("app.post_entries", pastTheDoor, [
    ["never", "ELSIF «current_setting('transaction_isolation') <> 'read committed'» THEN"],
    ["dropped", "«fault := pg_advisory_xact_lock_shared(20472, hashtext(which));»"],
    ["dropped", "«holders[v.from_place] = whose[v.entry] AND» holders"],
    ["dropped", "AND «holders[v.to_place] = whose[v.entry] AND» monies"],
    ["always", "«parted[v.from_place] = (v.from_subject <> '')»"],
    ["dropped", "WHERE m.entry_id = ANY (ids) «AND m.position = 0»"],
    ["dropped", "«fault := set_config('app.posting', '', true);»"],
  ]),
  ...mutantsOf("app.post_entries", books, [["never", "IF «latest_closed > ANY (effective)» THEN"]]),
  ...mutantsOf("app.compare_posted", posting, [
    ["dropped", ") «UNION ALL (TABLE kept EXCEPT ALL TABLE sent)»"],
  ]),
  ...mutantsOf("app.compare_posted", pastTheDoor, [
    ["dropped", "«(TABLE sent EXCEPT ALL TABLE kept) UNION ALL» (TABLE"],
    ["dropped", "sent EXCEPT «ALL» TABLE"],
  ]),
  ...mutantsOf("app.open_ledger_account", posting, [
    ["never", "ELSIF «row.kept_by IS NOT NULL AND NOT has_part» THEN"],
    ["never", "ELSIF «row.kept_by IS NULL AND has_part» THEN"],
  ]),
  ...mutantsOf("lib/ledger/post-entries.ts", posting, [
    ["never", "if («first && movesAs(first) !== movesAs(entry)») {"],
    ["opposite", "...[placeOf(whose[place]!, «to», currency), to.subject"],
  ]),
];

const rowsAsTypes = "prisma/migrations/20261122022100_posting_takes_rows/migration.sql";
const checkedMoves = "prisma/migrations/20261121193606_ledger_posting/migration.sql";
const tables = "prisma/migrations/20261121184203_ledger/migration.sql";

/** What the tables themselves refuse, whoever writes. */
const inTheTables = [
  ...mutantsOf("app.check_moves", posting, [
    ["dropped", "«f.currency = t.currency AND» m.effective_at"],
    ["always", "AND «f.is_kept = (m.from_subject <> '')»"],
    ["always", "AND «(f.id <> t.id OR m.from_subject <> m.to_subject)»"],
  ]),
  ...mutantsOf("app.check_moves", pastTheDoor, [
    ["dropped", "WHERE («e.book_id = f.book_id AND» e.book_id"],
    ["dropped", "«e.book_id = t.book_id AND» f.currency"],
    ["always", "«m.effective_at = e.effective_at»"],
    ["always", "AND «t.is_kept = (m.to_subject <> '')»"],
    ["always", "AND «(b.closed_before IS NULL OR m.effective_at >= b.closed_before)»)"],
    ["boundary", "m.effective_at «>=» b.closed_before"],
  ]),
  ...mutantsOf(checkedMoves, posting, [
    ["never", "WHEN («current_setting('app.posting', true) IS DISTINCT FROM 'on'»)"],
  ]),
  ...mutantsOf("app.check_correction", pastTheDoor, [
    ["dropped", "«e.book_id = NEW.book_id AND» e.reference"],
  ]),
  ...mutantsOf(rowsAsTypes, posting, [
    ["boundary", "CONSTRAINT ledger_moves_positive CHECK (VALUE «>» 0)"],
  ]),
  ...mutantsOf(rowsAsTypes, pastTheDoor, [
    ["always", "CONSTRAINT ledger_entries_words CHECK («VALUE <> ''»)"],
  ]),
  ...mutantsOf(tables, pastTheDoor, [
    ["dropped", "'ledger_entries', «'ledger_moves',» 'ledger_seals', 'ledger_closings'] LOOP"],
    ["dropped", "only_added BEFORE UPDATE «OR DELETE» OR TRUNCATE ON %I"],
  ]),
];

const days = `(account_id, day) DO UPDATE SET debit = `;
const movesByDay = `FROM unnest(taken) entry JOIN ledger_moves m ON m.entry_id = entry
      CROSS JOIN LATERAL (VALUES (m.to_account, `;

/** What is kept of the moves: balances, days, slices, seals and periods. */
const whatIsKept = [
  ...mutantsOf("app.fold_ledger", books, [
    ["dropped", "(m.from_account, m.from_subject, «-»m.minor::numeric)"],
    ["opposite", "UPDATE SET minor = kept.minor «+» change.minor"],
    ["swapped", `${movesByDay}«m.minor::numeric, 0»)`],
    ["dropped", `${days}«kept.debit + »excluded.debit`],
    ["dropped", "c.kind IN ('income', «'contra', »'expense')"],
    ["more", "coalesce(last.number, 0) + «1»"],
  ]),
  ...mutantsOf("app.ledger_totals", books, [
    ["boundary", "d.day «<» (before AT TIME ZONE"],
    ["dropped", "(m.from_account, «-»m.minor::numeric)) leg"],
  ]),
  ...mutantsOf("app.close_book", books, [["never", "IF «before > at» THEN"]]),
  ...mutantsOf("app.hold_book", books, [["never", "IF «is_alone» THEN"]]),
  ...mutantsOf("lib/ledger/read-balances.ts", balances, [
    ["dropped", "(m.from_account, m.from_subject, «-»m.minor::numeric)) leg"],
    ["boundary", "return Prisma.sql`and m.effective_at «<» "],
  ]),
];

/** What finds out what a superuser did to the rows. */
const whatIsFound = [
  ...mutantsOf("app.ledger_digest", tampering, [
    ["dropped", "sha256(«before || »coalesce"],
    ["dropped", "e.effective_at, «e.posted_at, »e.about_tenant_id"],
  ]),
  ...mutantsOf("app.ledger_digest", books, [
    ["dropped", "m.to_subject, «m.minor, »m.effective_at"],
  ]),
  ...mutantsOf("app.count_ledger", books, [
    ["never", "IF «seal.number <> coalesce(last.number, 0) + 1» THEN"],
    [
      "never",
      "ELSIF «app.ledger_digest(coalesce(last.digest, ''), seal.entries) <> seal.digest» THEN",
    ],
  ]),
  ...mutantsOf("app.count_ledger", counting, [
    ["dropped", "so_far.ended_at IS NOT NULL «OR so_far.begun_at < since» THEN"],
  ]),
  ...mutantsOf("app.count_moves", books, [
    ["dropped", "(m.from_account, m.from_subject, «-»m.minor::bigint)"],
    ["swapped", "VALUES (m.to_account, «m.minor::bigint, 0::bigint»)"],
  ]),
  ...mutantsOf("app.end_count", books, [
    ["dropped", "WHERE «found.entries <> said.entries OR »found.moves"],
    ["never", "HAVING «sum(k.kept) <> sum(k.moved)» LIMIT"],
  ]),
  ...mutantsOf("app.end_count", counting, [
    ["dropped", "d.day HAVING «sum(d.debit) <> 0 OR »sum(d.credit) <> 0 LIMIT"],
    ["never", "HAVING «sum(d.debit) <> 0 OR sum(d.credit) <> 0») part"],
    ["dropped", "«WHEN MATCHED AND kept.minor <> moved.minor THEN UPDATE SET minor = moved.minor»"],
  ]),
  ...mutantsOf("app.end_count", tampering, [
    ["dropped", "said.entries «OR found.moves <> said.moves»"],
    ["dropped", "sum(d.debit) <> 0 «OR sum(d.credit) <> 0» LIMIT"],
  ]),
];

export const ledgerMutants: readonly Mutant[] = [
  ...[...atTheDoor, ...inTheTables, ...whatIsKept, ...whatIsFound],
];
