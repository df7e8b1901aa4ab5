import { CanaryPerson, KINDS } from "./canary-person.ts";
import { CanaryServer } from "./canary-server.ts";
import { CanaryShop } from "./canary-shop.ts";
import { eraseAll, inHands, sendAgain } from "./erase-acts.ts";
import { compareNumbers, numbersOf } from "./erase-numbers.ts";
import { EraseReport } from "./erase-report.ts";

export type Trying = {
  readonly dir: string;
  readonly people: number;
  readonly clearAfterMs: number;
  readonly configPath: string;
};

/** What is owed leaves within a second of being done; alarms look again after five. */
const REST_MS = 1_500;
const GRACE_MS = 6_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Plants, erases, searches, sends everything again, searches again. */
export async function eraseTrial({ dir, people, clearAfterMs, configPath }: Trying): Promise<EraseReport> {
  const server = new CanaryServer(dir, configPath, clearAfterMs);
  const shop = new CanaryShop(server);
  const report = new EraseReport(server.dataDir);
  const everybody = Array.from({ length: people }, (_, n) => new CanaryPerson(n));
  // Whole rounds of every kind on either side.
  const isErased = ({ n }: CanaryPerson) => Math.floor(n / KINDS.length) % 2 === 1;
  const [gone, staying] = [everybody.filter(isErased), everybody.filter((person) => !isErased(person))];
  try {
    await server.start();
    await shop.open();
    // Those who stay come first: what the numbers are then is what they have to be again.
    await inHands(staying, async (person) => {
      await shop.plant(person);
      await shop.lastAct(person);
    });
    await shop.importFor(staying);
    await pause(REST_MS);
    await server.stop();
    const before = numbersOf(server.dataDir);
    await server.start();
    await inHands(gone, (person) => shop.plant(person));
    const files = await shop.importFor(gone);
    await pause(REST_MS);
    report.facts["notices waiting in the courier"] = await shop.waiting();
    await server.stop();
    const { labels } = numbersOf(server.dataDir);
    await server.start();
    report.lookForAll(
      gone,
      staying,
      [...labels].filter((label) => !before.labels.has(label)),
    );

    report.facts["people erased"] = gone.length;
    report.facts["erased, by kind and moment"] = await eraseAll(server, shop, gone);
    report.countPlanted(gone.flatMap(({ canaries }) => canaries));
    report.lookForErased(gone, "at once, running", "atOnce");
    await server.stop();
    report.lookForErased(gone, "at once, stopped", "atOnce");
    await server.start();
    await pause(clearAfterMs + GRACE_MS);
    report.lookForErased(gone, "after the deadline, running", "cleared");
    await server.stop();
    report.lookForErased(gone, "after the deadline, stopped", "cleared");
    compareNumbers(before, numbersOf(server.dataDir), "after erasing", report);

    await server.start();
    report.facts["requests sent again"] = await sendAgain(server, shop, gone, report);
    for (const file of files) {
      await shop.importFile(file);
      // Another file with the same people: a new run of the same rows.
      await shop.importFile({ ...file, body: `${file.body}\n` });
    }
    await pause(clearAfterMs + GRACE_MS);
    for (const person of everybody) {
      const status = await shop.standing(person);
      if (status !== undefined && status !== (isErased(person) ? 404 : 200))
        report.find(
          `asked for a customer who ${isErased(person) ? "was erased" : "stayed"}, it answers ${status}`,
          "after sending again",
        );
    }
    report.lookForErased(gone, "after sending again, running", "resent");
    await server.stop();
    report.lookForErased(gone, "after sending again, stopped", "resent");
    compareNumbers(before, numbersOf(server.dataDir), "after sending again", report);
    report.lookForStaying(staying);
    return report;
  } finally {
    await server.stop();
  }
}
