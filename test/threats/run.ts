import { Stage } from "./stage.ts";
import { GotThrough, type Outcome, type Patch, type Threat } from "./threat.ts";

/** What came of one attack: with every defence, or with one switched off. */
export type Result = {
  readonly threat: Threat;
  /** Absent: every defence was on. */
  readonly patch: Patch | undefined;
  readonly outcome: Outcome | undefined;
  /** Why the attack could not be made. */
  readonly error: string | undefined;
  readonly seconds: number;
};

/** Whether a result is as it should be: the attack failed with the defences, and succeeded without one. */
export const isRight = ({ patch, outcome }: Result): boolean =>
  outcome !== undefined && outcome.breached === (patch !== undefined);

/** Attacks once: on a stage that is there already, or on one of its own. */
export async function run(threat: Threat, patch: Patch | undefined, shared?: Stage): Promise<Result> {
  const startedAt = performance.now();
  let own: Stage | undefined;
  let outcome: Outcome | undefined;
  let error: string | undefined;
  try {
    const stage = shared ?? (own = await Stage.open(patch, threat.ground));
    outcome = await threat.attack(stage);
  } catch (thrown) {
    if (thrown instanceof GotThrough) outcome = thrown.outcome;
    else error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  } finally {
    await own?.close();
  }
  return { threat, patch, outcome, error, seconds: (performance.now() - startedAt) / 1000 };
}
