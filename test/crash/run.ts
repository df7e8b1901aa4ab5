import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localSecrets } from "../../src/cli/secrets.ts";
import { bundleInto } from "./bundle.ts";
import { dice } from "./dice.ts";
import { Line } from "./line.ts";
import { Mail } from "./mail.ts";
import type { Plant } from "./plants.ts";
import { untilQuiet } from "./quiet.ts";
import { judge } from "./judge.ts";
import { Server } from "./server.ts";
import { openShop, reshard } from "./shop.ts";
import { Traffic } from "./traffic.ts";
import { Witness } from "./witness.ts";

export type Trial = {
  readonly kills: number;
  /** Events to be acknowledged at least. 0: as many as come. */
  readonly events: number;
  readonly seed: number;
  /** The run ends after so long, whatever is still missing. */
  readonly minutes: number;
  readonly plant?: Plant | undefined;
  readonly isLoud?: boolean;
  readonly keepsFiles?: boolean;
};

export type Outcome = {
  readonly sent: number;
  readonly acknowledged: number;
  readonly resent: number;
  readonly kills: number;
  readonly people: number;
  /** Imports. */
  readonly files: number;
  readonly eventsPerSecond: number;
  readonly recoveryMs: { readonly p50: number; readonly p99: number };
  readonly drainMs: number;
  /** Answers that were none, by status. */
  readonly faults: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  /** What was compared, and how many of each. */
  readonly checked: Readonly<Record<string, number>>;
  /** What is wrong. None: nothing was lost, doubled, or miscounted. */
  readonly defects: readonly string[];
  readonly dir: string;
};

const CONNECTIONS = 48;
/** Customers' alarms come again within seconds: silence longer than that is the end. */
const QUIET_MS = 8_000;
/** The shared log's come again after a minute; long runs wait for them too. */
const PATIENT_QUIET_MS = 66_000;
const PATIENT_KILLS = 50;
const DRAIN_MS_MAX = 60_000;
const PATIENT_DRAIN_MS_MAX = 300_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One run: traffic under `kill -9`, a last kill, silence, and then the files are read. */
export async function run(trial: Trial): Promise<Outcome> {
  const dir = mkdtempSync(join(tmpdir(), "concierge-crash-"));
  const dataDir = join(dir, "objects");
  const assetsDir = join(dir, "assets");
  mkdirSync(assetsDir, { recursive: true });
  const secrets = localSecrets(dir);
  const configPath = await bundleInto(join(dir, "bundle"), trial.plant, {
    BUDGET_FACTOR: "1000",
    ALLOW_HEADLESS: "1",
    CLEAR_AFTER_MS: "1500",
  });
  const server = await Server.start({
    dataDir,
    configPath,
    assetsDir,
    secrets,
    isLoud: trial.isLoud === true,
  });
  let line: Line | undefined;
  try {
    const shop = await openShop(server.url, secrets.OPERATOR_KEY);
    line = new Line(server.url, CONNECTIONS);
    const witness = new Witness();
    const mail = new Mail(line, witness);
    mail.onAnswer = () => server.answered();
    const isPatient = trial.kills >= PATIENT_KILLS;
    const peopleMax = Math.min(3_000, Math.max(300, Math.round(trial.events / 250)));
    const traffic = new Traffic(shop, mail, witness, dice(trial.seed), peopleMax);
    const rhythm = dice(trial.seed ^ 0x5bd1e995);
    const startedAt = Date.now();
    const isTimeUp = () => Date.now() - startedAt > trial.minutes * 60_000;
    let resharding: Promise<void> | undefined;
    const writing = Array.from({ length: CONNECTIONS }, () => traffic.write());

    for (let kill = 0; kill < trial.kills - 1 && !isTimeUp(); kill++) {
      await pause(rhythm.between(800, 3_300));
      if (kill === Math.floor(trial.kills / 3)) resharding = reshard(server.url, shop);
      await server.kill();
    }
    await resharding;
    do await pause(rhythm.between(800, 1_600));
    while (witness.acknowledged < trial.events && !isTimeUp());

    mail.isOver = true; // What is on its way now is never sent again.
    const acceptingMs = Date.now() - startedAt;
    await server.kill();
    const restartedAt = Date.now();
    await Promise.all(writing);
    line.close();
    const { lastCommitAt, isQuiet } = await untilQuiet(
      dataDir,
      restartedAt,
      isPatient ? PATIENT_QUIET_MS : QUIET_MS,
      isPatient ? PATIENT_DRAIN_MS_MAX : DRAIN_MS_MAX,
    );
    await server.stop();

    const verdict = judge(dataDir, witness, traffic.people, isPatient);
    const unsettled = isQuiet ? [] : ["objects were still writing a minute and more after the last kill"];
    return {
      sent: witness.sent,
      acknowledged: witness.acknowledged,
      resent: witness.resent,
      kills: server.downMs.length,
      people: traffic.people.length,
      files: mail.files,
      eventsPerSecond: Math.round(witness.acknowledged / (acceptingMs / 1000)),
      recoveryMs: { p50: quantile(server.recoveryMs, 0.5), p99: quantile(server.recoveryMs, 0.99) },
      drainMs: Math.round(lastCommitAt - restartedAt),
      faults: Object.fromEntries(mail.faults),
      refused: Object.fromEntries(witness.refused),
      checked: verdict.checked,
      defects: [...witness.contradictions, ...unsettled, ...verdict.defects],
      dir,
    };
  } finally {
    line?.close();
    await server.stop().catch(() => undefined);
    if (!trial.keepsFiles) rmSync(dir, { recursive: true, force: true });
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}
