import { NEVER, type CanaryPerson } from "./canary-person.ts";
import { Scanner, type Canary } from "./scan.ts";

/** Something that is wrong, and where. */
export type Finding = {
  readonly what: string;
  readonly when: string;
  readonly channel?: string;
  readonly encoding?: string;
  readonly file?: string;
};

/** The finding that all this is about. */
export const ERASED_AND_FOUND = "erased and found";

/** One channel: texts of the erased, texts of those who stay that were found before, and hits that must not be. */
export type ChannelRow = {
  planted: number;
  control: number;
  atOnce: number;
  cleared: number;
  resent: number;
  readonly isNever: boolean;
};
type Column = "atOnce" | "cleared" | "resent";

/** Shared files in which a text may lie until the deadline, and those where any may lie at all. */
const SHARED = /^concierge-UnmatchedObject\//;
const MAY_NAME = /^concierge-(Customer|Unmatched)Object\//;
/** The one name a person has in a shared log. It may stand in receipts for good, in the log itself until the deadline. */
export const LABEL = "label in the behaviour log";
const BEHAVIOUR = /^concierge-BehaviourObject\//;

const textsOf = (people: readonly CanaryPerson[]): Canary[] => people.flatMap(({ canaries }) => canaries);

/** What a trial found, channel by channel. */
export class EraseReport {
  readonly channels = new Map<string, ChannelRow>();
  readonly findings: Finding[] = [];
  readonly facts: Record<string, string | number> = {};
  readonly #dataDir: string;
  #labels: readonly Canary[] = [];

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  find(what: string, when: string, more: Omit<Finding, "what" | "when"> = {}): void {
    this.findings.push({ what, when, ...more });
  }

  /** Before anybody is erased: everybody is found, and nothing lies where nothing may lie. */
  lookForAll(
    gone: readonly CanaryPerson[],
    staying: readonly CanaryPerson[],
    labels: readonly string[],
  ): void {
    const when = "before erasing";
    const everybody = [...gone, ...staying];
    this.#labels = labels.map((text) => ({ person: -1, channel: LABEL, text }));
    const { hits } = new Scanner([...textsOf(everybody), ...this.#labels]).scan(this.#dataDir);
    const unseen =
      everybody.length - new Set(hits.flatMap(({ canary: { person } }) => (person < 0 ? [] : [person]))).size;
    if (unseen > 0) this.find(`${unseen} people are not found in any file`, when);
    for (const { canary, encoding, file } of hits)
      if (canary.channel !== LABEL && (NEVER.has(canary.channel) || !MAY_NAME.test(file)))
        this.find("lies in the clear", when, { channel: canary.channel, encoding, file });

    this.countPlanted(this.#labels);
    const control = new Set(staying.flatMap(({ canaries }) => canaries.map(({ text }) => text)));
    const found = new Set<string>();
    for (const { canary, file } of hits) {
      const counts = canary.channel === LABEL ? BEHAVIOUR.test(file) : control.has(canary.text);
      if (counts && !found.has(canary.text)) {
        found.add(canary.text);
        this.#row(canary.channel).control++;
      }
    }
    for (const [channel, row] of this.channels)
      if (!row.isNever && row.control === 0)
        this.find("nobody's text is found: the check sees nothing here", when, { channel });
  }

  /** How many texts there are to be erased. */
  countPlanted(canaries: readonly Canary[]): void {
    for (const { channel } of canaries) this.#row(channel).planted++;
  }

  /** Afterwards: nothing of the erased is found; until the deadline, outside of what is shared. */
  lookForErased(gone: readonly CanaryPerson[], when: string, column: Column): void {
    const isPast = column !== "atOnce";
    const { hits, files, bytes } = new Scanner([...textsOf(gone), ...(isPast ? this.#labels : [])]).scan(
      this.#dataDir,
    );
    this.facts[`searched ${when}`] = `${files} files, ${(bytes / 1e6).toFixed(1)} MB`;
    for (const { canary, encoding, file } of hits) {
      if (!isPast && SHARED.test(file)) continue;
      if (canary.channel === LABEL && !BEHAVIOUR.test(file)) continue;
      this.#row(canary.channel)[column]++;
      this.find(ERASED_AND_FOUND, when, { channel: canary.channel, encoding, file });
    }
  }

  /** In the end: those who stayed are all still found. */
  lookForStaying(staying: readonly CanaryPerson[]): void {
    const { hits } = new Scanner(textsOf(staying)).scan(this.#dataDir);
    const found = new Set(hits.map(({ canary }) => canary.person)).size;
    this.facts["people who stayed and are still found"] = `${found} of ${staying.length}`;
    if (found < staying.length) this.find("somebody who stayed is not found", "in the end");
  }

  #row(channel: string): ChannelRow {
    const row = this.channels.get(channel) ?? {
      planted: 0,
      control: 0,
      atOnce: 0,
      cleared: 0,
      resent: 0,
      isNever: NEVER.has(channel),
    };
    this.channels.set(channel, row);
    return row;
  }
}
