import type { ArmFigure } from "../../../src/core/stats/compare.ts";
import { sequenceReach } from "../../../src/core/stats/confidence-sequence.ts";

/** Whether a method tells a difference at this look, at alpha 0.05. */
export type Test = (control: ArmFigure, treatment: ArmFigure) => boolean;

/** GrowthBook's sequential test with its defaults: the sequence on the lift with a delta-method error, tuned for 5,000. */
const growthBook: Test = (control, treatment) => {
  const c = Math.abs(control.value);
  const ratio = treatment.value / c;
  const error = Math.sqrt(treatment.variance + ratio * ratio * control.variance) / c;
  const n = control.users + treatment.users;
  const reach = sequenceReach(error, n, { alpha: 0.05, tunedFor: 5000 });
  return Math.abs(treatment.value - control.value) / c > reach;
};

/** The same on the difference, each arm with its own variance alone. */
const growthBookAbsolute: Test = (control, treatment) => {
  const error = Math.sqrt(control.variance + treatment.variance);
  const reach = sequenceReach(error, control.users + treatment.users, { alpha: 0.05, tunedFor: 5000 });
  return Math.abs(treatment.value - control.value) > reach;
};

/** The mixture sequential probability ratio test with a mixing deviation of a tenth of one user's (Johari et al.). */
const msprt: Test = (control, treatment) => {
  const n = (control.users + treatment.users) / 2;
  const variance = (control.variance + treatment.variance) * n;
  const mixing = n * 0.01 * (variance / 2);
  const difference = treatment.value - control.value;
  const log =
    (n * mixing * difference * difference) / (2 * variance * (variance + mixing)) +
    Math.log(variance / (variance + mixing)) / 2;
  return log >= -Math.log(0.05);
};

/** A test made for one look, looked at again and again. */
const naive: Test = (control, treatment) =>
  Math.abs(treatment.value - control.value) > 1.959964 * Math.sqrt(control.variance + treatment.variance);

/** Statsig's documented rule, read literally: with an even split its limit is this number of standard errors. */
const statsig: Test = (control, treatment) =>
  Math.abs(treatment.value - control.value) > 3.5846 * Math.sqrt(control.variance + treatment.variance);

/** None of them tells anything while an arm has no variance. */
const whereItVaries =
  (test: Test): Test =>
  (control, treatment) =>
    control.variance > 0 && treatment.variance > 0 && test(control, treatment);

export const PEERS: Readonly<Record<string, Test>> = {
  naive: whereItVaries(naive),
  growthBook: whereItVaries(growthBook),
  growthBookAbsolute: whereItVaries(growthBookAbsolute),
  msprt: whereItVaries(msprt),
  statsig: whereItVaries(statsig),
};
