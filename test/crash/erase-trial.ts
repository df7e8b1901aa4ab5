import { CanaryPerson, KINDS, NEVER } from "./canary-person.ts";
import { CanaryShop } from "./canary-shop.ts";
import { Scanner, type Hit } from "./scan.ts";
import { readCustomers, readLedger } from "./storage.ts";

export type Trying = {
  readonly dir: string;
  readonly people: number;
  readonly clearAfterMs: number;
  readonly configPath: string;
};

/** Something that is wrong, and where. */
export type Finding = {
  readonly what: string;
  readonly when: string;
  readonly channel?: string;
  readonly encoding?: string;
  readonly file?: string;
};

/** One channel: texts of the erased, how many of those who stayed were found, and hits that must not be. */
export type ChannelRow = {
  planted: number;
  control: number;
  atOnce: number;
  cleared: number;
  resent: number;
  readonly isNever: boolean;
};
export type Verdict = {
  readonly channels: ReadonlyMap<string, ChannelRow>;
  readonly findings: readonly Finding[];
  readonly facts: Readonly<Record<string, string | number>>;
};

/** When an erasure comes: after everything is at rest, before the last act has left, or with a kill on its heels. */
const MOMENTS = ["at rest", "unsent", "racing", "killed"] as const;
type Moment = (typeof MOMENTS)[number];
const KILLS_MAX = 4;
/** Shared files in which somebody's text may lie until the deadline, and those where any may lie at all. */
const SHARED = /^concierge-UnmatchedObject\//;
const MAY_NAME = /^concierge-(Customer|Unmatched)Object\//;
/** What is owed leaves within a second of being done; alarms look again after five. */
const REST_MS = 1_500;
const GRACE_MS = 6_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Plants, erases, searches, sends everything again, searches again. */
export async function eraseTrial({ dir, people, clearAfterMs, configPath }: Trying): Promise<Verdict> {
  const shop = new CanaryShop(dir, configPath, clearAfterMs);
  const everybody = Array.from({ length: people }, (_, n) => new CanaryPerson(n));
  // Whole rounds of every kind on either side.
  const isErased = ({ n }: CanaryPerson) => Math.floor(n / KINDS.length) % 2 === 1;
  const [gone, staying] = [everybody.filter(isErased), everybody.filter((person) => !isErased(person))];
  const findings: Finding[] = [];
  const facts: Record<string, string | number> = {};
  try {
    await shop.open();
    // Those who stay come first: what the numbers are then is what they have to be again.
    await inHands(staying, async (person) => {
      await shop.plant(person);
      await shop.lastAct(person);
    });
    await shop.importFor(staying);
    await pause(REST_MS);
    await shop.stop();
    const before = talliesOf(shop.dataDir);
    const customersBefore = rowsOf(shop.dataDir);
    await shop.start();
    await inHands(gone, (person) => shop.plant(person));
    const files = await shop.importFor(gone);
    await pause(REST_MS);

    facts["notices waiting in the courier"] = await shop.waiting();
    const control = new Scanner(everybody.flatMap(({ canaries }) => canaries)).scan(shop.dataDir);
    const unseen = everybody.length - new Set(control.hits.map(({ canary }) => canary.person)).size;
    if (unseen > 0)
      findings.push({ what: `${unseen} people are not found in any file`, when: "before erasing" });
    for (const { canary, encoding, file } of control.hits)
      if (NEVER.has(canary.channel) || !MAY_NAME.test(file))
        findings.push({
          what: "lies in the clear",
          channel: canary.channel,
          encoding,
          file,
          when: "before erasing",
        });

    facts["people erased, by kind and moment"] = await eraseAll(shop, gone);
    const channels = channelRows(gone, control.hits, new Set(staying.map(({ n }) => n)));
    for (const [channel, row] of channels)
      if (!row.isNever && row.control === 0)
        findings.push({
          what: "nobody's text is found: the check sees nothing here",
          channel,
          when: "before erasing",
        });
    const look = (when: string, column: "atOnce" | "cleared" | "resent", isPast = true) => {
      const scanner = new Scanner(gone.flatMap(({ canaries }) => canaries));
      const { hits, files, bytes } = scanner.scan(shop.dataDir);
      facts[`searched ${when}`] = `${files} files, ${(bytes / 1e6).toFixed(1)} MB`;
      for (const { canary, encoding, file } of hits) {
        if (!isPast && SHARED.test(file)) continue;
        channels.get(canary.channel)![column]++;
        findings.push({ what: "erased and found", channel: canary.channel, encoding, file, when });
      }
    };
    look("at once, running", "atOnce", false);
    await shop.stop();
    look("at once, stopped", "atOnce", false);
    await shop.start();
    await pause(clearAfterMs + GRACE_MS);
    look("after the deadline, running", "cleared");
    await shop.stop();
    look("after the deadline, stopped", "cleared");
    findings.push(...differences(before, talliesOf(shop.dataDir), "after erasing"));

    await shop.start();
    facts["requests sent again"] = await sendAgain(shop, gone, findings);
    for (const file of files) {
      await shop.importFile(file);
      // Another file with the same people: a new run of the same rows.
      await shop.importFile({ ...file, body: `${file.body}\n` });
    }
    await pause(clearAfterMs + GRACE_MS);
    for (const person of everybody) {
      const status = await shop.standing(person);
      if (status !== undefined && status !== (isErased(person) ? 404 : 200))
        findings.push({
          what: `asked for a customer who ${isErased(person) ? "was erased" : "stayed"}, it answers ${status}`,
          when: "after sending again",
        });
    }
    look("after sending again, running", "resent");
    await shop.stop();
    look("after sending again, stopped", "resent");
    findings.push(...differences(before, talliesOf(shop.dataDir), "after sending again"));
    facts["numbers compared with those before they came"] = before.size;
    const customersAfter = rowsOf(shop.dataDir);
    facts["customers' records and log rows"] = customersAfter;
    if (customersAfter !== customersBefore)
      findings.push({
        what: `${customersAfter}, and before they came ${customersBefore}`,
        when: "after sending again",
      });

    const still = new Scanner(staying.flatMap(({ canaries }) => canaries)).scan(shop.dataDir);
    const found = new Set(still.hits.map(({ canary }) => canary.person)).size;
    facts["people who stayed and are still found"] = `${found} of ${staying.length}`;
    if (found < staying.length)
      findings.push({ what: "somebody who stayed is not found", when: "in the end" });
    return { channels, findings, facts };
  } finally {
    await shop.stop();
  }
}

/** Erases everybody at one of the moments each. @returns how many of which */
async function eraseAll(shop: CanaryShop, gone: readonly CanaryPerson[]): Promise<string> {
  const counts = new Map<string, number>();
  let kills = 0;
  for (const [i, person] of gone.entries()) {
    let moment: Moment = MOMENTS[Math.floor(i / KINDS.length) % MOMENTS.length]!;
    if (moment === "killed" && kills >= KILLS_MAX) moment = "unsent";
    if (moment === "unsent" || moment === "killed") await shop.lastAct(person);
    const racing = moment === "racing" ? shop.lastAct(person) : undefined;
    await shop.erase(person);
    await racing;
    if (moment === "killed") {
      kills++;
      await shop.stop("SIGKILL");
      await shop.start();
    }
    const name = `${person.kind} ${moment}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
}

/** Every letter about the erased once more, to the letter, and one from another tab. None of it may be taken. */
async function sendAgain(
  shop: CanaryShop,
  gone: readonly CanaryPerson[],
  findings: Finding[],
): Promise<number> {
  let sent = 0;
  await inHands(gone, async (person) => {
    const acts = [
      ...person.letters.map((letter) => () => shop.send(letter, person)),
      () => shop.lastAct(person),
    ];
    for (const act of acts) {
      // Each tab has the cookies of then or none: with them it speaks for whom it spoke for, without for its id.
      const { body } = await act();
      sent++;
      for (const event of body.events ?? [])
        if (event.status !== "rejected")
          findings.push({
            what: `an event of an erased ${person.kind} was ${event.status}`,
            when: "sending again",
          });
    }
  });
  return sent;
}

function channelRows(
  gone: readonly CanaryPerson[],
  hits: readonly Hit[],
  staying: ReadonlySet<number>,
): ReadonlyMap<string, ChannelRow> {
  const rows = new Map<string, ChannelRow>();
  for (const { channel } of gone.flatMap(({ canaries }) => canaries)) {
    const row = rows.get(channel) ?? {
      planted: 0,
      control: 0,
      atOnce: 0,
      cleared: 0,
      resent: 0,
      isNever: NEVER.has(channel),
    };
    row.planted++;
    rows.set(channel, row);
  }
  const found = new Set<string>();
  for (const { canary } of hits) {
    const row = staying.has(canary.person) ? rows.get(canary.channel) : undefined;
    if (row && !found.has(canary.text)) row.control++;
    found.add(canary.text);
  }
  return rows;
}

/** How much is stored about people in objects of their own. */
function rowsOf(dataDir: string): string {
  const files = [...readCustomers(dataDir)];
  return `${files.length} records, ${files.reduce((sum, { rows }) => sum + rows.length, 0)} log rows`;
}

/** The site's numbers, without those that are nought. */
const talliesOf = (dataDir: string): Map<string, bigint> =>
  new Map([...readLedger(dataDir).tallies].filter(([, value]) => value !== 0n));

function differences(
  before: ReadonlyMap<string, bigint>,
  after: ReadonlyMap<string, bigint>,
  when: string,
): Finding[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    before.get(name) === after.get(name)
      ? []
      : [
          {
            what: `the number ${name} is ${after.get(name) ?? 0}, and without the erased ${before.get(name) ?? 0}`,
            when,
          },
        ],
  );
}

const HANDS = 4;
async function inHands<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const queue = all.values();
  await Promise.all(
    Array.from({ length: HANDS }, async () => {
      for (const one of queue) await work(one);
    }),
  );
}
