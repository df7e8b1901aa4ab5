import { join } from "node:path";
import { checkBytes } from "./check-bytes.ts";
import { checkConsent } from "./check-consent.ts";
import { checkBehaviour } from "./check-behaviour.ts";
import type { Person } from "./person.ts";
import {
  countEvents,
  countOrders,
  differences,
  Numbers,
  ordersInLog,
  settleAll,
  type Settled,
} from "./recount.ts";
import { readCustomers, readLedger, readModel, type CustomerFile, type KeptOrder } from "./storage.ts";
import type { Witness } from "./witness.ts";

export type Verdict = {
  /** What was looked at, and how many of each. */
  readonly checked: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
};

/** Of each kind of defect so many are told one by one. */
const TOLD_MAX = 5;

/** Gathers defects, and keeps a thousand of one kind from hiding one of another. */
export class Defects {
  readonly #kinds = new Map<string, string[]>();

  add(kind: string, what: string): void {
    const known = this.#kinds.get(kind);
    if (known) known.push(what);
    else this.#kinds.set(kind, [what]);
  }

  list(): string[] {
    return [...this.#kinds].flatMap(([kind, all]) => [
      ...all.slice(0, TOLD_MAX).map((what) => `${kind}: ${what}`),
      ...(all.length > TOLD_MAX ? [`${kind}: and ${all.length - TOLD_MAX} more`] : []),
    ]);
  }
}

/** Rows that count: of somebody who was joined to a customer, only what was not handed over. */
const own = (file: CustomerFile): CustomerFile =>
  file.mark ? { ...file, rows: file.rows.filter((row) => row.seq > file.mark!.handed) } : file;

/**
 * Reads everything a stopped server has stored, and compares it with what the clients were told and with itself: what was
 * acknowledged is there once, nothing else is, and every number equals its recount.
 * @param isPatient whether every alarm had the time to fail once and come again
 */
export function judge(
  dataDir: string,
  witness: Witness,
  people: readonly Person[],
  isPatient: boolean,
): Verdict {
  const defects = new Defects();
  const ledger = readLedger(dataDir);
  const model = readModel(dataDir);
  const hasWithdrawn = new Set(people.filter((person) => person.hasWithdrawn).map(nameOf));
  /** Objects whose rows may have lost events that they had counted. */
  const withdrawn = new Set<string>();
  const living = new Set<string>();
  const knownBy = new Map<string, ReadonlyMap<string, KeptOrder>>();

  // First: who is where, and what was ordered.
  for (const file of readCustomers(dataDir)) {
    living.add(file.object);
    const persons = personsIn(file, witness, defects);
    checkMixture(file, persons, people, defects);
    if (persons.some((n) => hasWithdrawn.has(nameOf(people[n]!)))) withdrawn.add(file.object);
    if (!file.mark) knownBy.set(file.object, withdrawn.has(file.object) ? file.orders : ordersInLog(file));
  }
  const settled = settleAll(knownBy);
  const ordersOf = Map.groupBy(settled.values(), (order) => order.home) as ReadonlyMap<string, Settled[]>;

  // Then: what each contributes, and what of it arrived.
  const expected = new Numbers();
  const reported = new Numbers();
  const counts = {
    customers: 0,
    rows: 0,
    events: 0,
    orders: settled.size,
    withdrawn: withdrawn.size,
    joined: 0,
  };
  for (const whole of readCustomers(dataDir)) {
    const file = own(whole);
    if (file.mark) counts.joined++;
    else counts.customers++;
    counts.rows += file.rows.length;
    const deltas = new Numbers();
    for (const row of file.rows) for (const delta of row.deltas) deltas.addDelta(delta);
    for (const delta of file.bygone) deltas.addDelta(delta);
    reported.addAll(deltas);
    if (withdrawn.has(file.object)) expected.addAll(deltas);
    else {
      const numbers = new Numbers();
      countEvents(file, numbers);
      if (!file.mark) {
        countOrders(file, ordersOf, numbers);
        numbers.add("customers", "known", "", "count", file.nextSeq > 1 ? 1 : 0);
      }
      expected.addAll(numbers);
      for (const difference of differences(deltas.all, numbers.all))
        defects.add("a customer's rows and events differ", `${file.object.slice(0, 8)} ${difference}`);
    }
    for (const row of whole.rows)
      for (const event of row.events) {
        counts.events++;
        const isLeftBehind = whole.mark !== undefined && row.seq <= whole.mark.handed;
        if (witness.personOf(event.id) === undefined) defects.add("stored and never sent", event.id);
        else if (witness.finds(event.id, isLeftBehind)) defects.add("stored twice", event.id);
      }
    checkMemory(whole, defects);
    checkConsent(whole, defects);
    checkDelivery(whole, ledger.receipts, model.receipts, living, defects);
  }
  const facts = checkBehaviour(dataDir, model, settled, withdrawn, isPatient, defects);

  for (const difference of differences(ledger.tallies, reported.all))
    defects.add("the ledger differs from what was reported", difference);
  for (const difference of differences(ledger.tallies, expected.all))
    defects.add("the ledger differs from its recount", difference);
  for (const [key, parties] of ledger.claims)
    for (const party of parties)
      if (!living.has(party))
        defects.add("an order is claimed by somebody who is gone", `${key} ${party.slice(0, 8)}`);
  if (ledger.owed > 0) defects.add("the ledger owes", `${ledger.owed} acts`);
  for (const object of ledger.burials)
    if (living.has(object)) defects.add("erased, and there", object.slice(0, 8));
  checkWitness(witness, people, defects);
  const erased = people.filter((person) => person.erasure === "done");
  const names = erased.flatMap(({ tabs, visitorId }) => [...tabs.map((tab) => tab.name), visitorId]);
  const cleared = [...model.forgotten].filter(([, isCleared]) => isCleared).map(([source]) => source);
  const sought =
    checkBytes(dataDir, names, defects) +
    checkBytes(join(dataDir, "concierge-BehaviourObject"), cleared, defects);
  const checked = { ...counts, numbers: expected.all.size, facts, erased: erased.length, sought };
  return { checked, defects: defects.list() };
}

/** Two browsers of one customer have one name, and what one of them withdraws is withdrawn for both. */
const nameOf = (person: Person): string => person.customerId ?? `visitor ${person.n}`;

function personsIn(file: CustomerFile, witness: Witness, defects: Defects): number[] {
  const persons = new Set<number>();
  for (const { events } of file.rows)
    for (const { id } of events) {
      const person = witness.personOf(id);
      if (person === undefined) defects.add("stored and never sent", id);
      else persons.add(person);
    }
  return [...persons];
}

/** Only visitors who are the same customer to the shop may lie in one object. */
function checkMixture(
  file: CustomerFile,
  persons: readonly number[],
  people: readonly Person[],
  defects: Defects,
): void {
  const names = new Set(persons.map((n) => nameOf(people[n]!)));
  if (names.size > 1)
    defects.add("strangers in one object", `${file.object.slice(0, 8)}: ${[...names].join(", ")}`);
}

/** An id that is in the log and not remembered would be taken in again. */
function checkMemory(file: CustomerFile, defects: Defects): void {
  for (const { events } of file.rows)
    for (const { id } of events) {
      const dash = id.lastIndexOf("-");
      const ranges = file.streams.get(id.slice(0, dash)) ?? [];
      const n = Number(id.slice(dash + 1));
      let isCounted = false;
      for (let i = 0; i < ranges.length; i += 2) isCounted ||= n >= ranges[i]! && n <= ranges[i + 1]!;
      if (!isCounted && !file.seen.has(id)) defects.add("an event's id is not remembered", id);
    }
}

/** Everything owed has arrived, and what was begun has ended. */
function checkDelivery(
  file: CustomerFile,
  ledger: ReadonlyMap<string, number>,
  model: ReadonlyMap<string, number>,
  living: ReadonlySet<string>,
  defects: Defects,
): void {
  const name = file.object.slice(0, 8);
  const mine = file.rows.filter((row) => row.via === undefined);
  const last = (owes: (row: CustomerFile["rows"][number]) => boolean) => mine.findLast(owes)?.seq ?? 0;
  const sums = last((row) => row.deltas.length + row.claims.length > 0);
  const facts = last((row) => row.facts.length > 0);
  if ((ledger.get(file.source) ?? 0) < sums)
    defects.add("never reached the ledger", `${name} ${ledger.get(file.source) ?? 0} of ${sums}`);
  if ((model.get(file.source) ?? 0) < facts)
    defects.add("never reached the model", `${name} ${model.get(file.source) ?? 0} of ${facts}`);
  if (file.isErasing) defects.add("an erasure never ended", name);
  if (file.mark && file.mark.handed < file.nextSeq - 1)
    defects.add("a hand-over never ended", `${name} ${file.mark.handed} of ${file.nextSeq - 1}`);
  if (file.mark && !living.has(file.mark.into)) defects.add("joined to somebody who is gone", name);
}

/** What the clients were told, against what is there. */
function checkWitness(witness: Witness, people: readonly Person[], defects: Defects): void {
  const withdrawn = new Set(people.filter((person) => person.hasWithdrawn).map(nameOf));
  for (const { id, person, isAcknowledged, isRefused, isStored, isLeftBehind } of witness.all()) {
    const { erasure } = people[person]!;
    const hasWithdrawn = withdrawn.has(nameOf(people[person]!));
    if (erasure === "done" && (isStored || isLeftBehind)) defects.add("erased and stored", id);
    else if (isAcknowledged && !isStored && !hasWithdrawn && erasure === "none")
      defects.add(isLeftBehind ? "lost in a merge" : "acknowledged and lost", id);
    else if (isStored && isRefused && !isAcknowledged) defects.add("refused and stored", id);
  }
}
