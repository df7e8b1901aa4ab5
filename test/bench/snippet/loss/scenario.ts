import type { Trial } from "./trial.ts";

/** A way in which events get lost, played by a visitor in a real browser. */
export type Scenario = {
  readonly name: string;
  /** What happens, in one line. */
  readonly what: string;
  /** Least share of what was told that has to be stored before the visitor comes back. Absent: nothing is promised. */
  readonly onExit?: number;
  /** Most events of one trial that may be counted twice. Default: none. */
  readonly twiceMax?: number;
  /** Largest values allowed of what else is seen. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Trials take long, or start a browser each: no more than so many, however many are asked for. */
  readonly trialsMax?: number;
  /** Why it cannot be played on this machine. */
  readonly missing?: string | undefined;
  play(trial: Trial): Promise<void>;
};
