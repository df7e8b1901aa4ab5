/** What the platform bills for, in its own units. */
export type Usage = {
  readonly workerRequests: number;
  readonly objectRequests: number;
  /** Time objects could not sleep, times the memory each is billed for. */
  readonly gigabyteSeconds: number;
  readonly rowsRead: number;
  /** Alarms set included: each is billed as a row. */
  readonly rowsWritten: number;
  readonly cpuMs: number;
};

export const NOTHING: Usage = {
  workerRequests: 0,
  objectRequests: 0,
  gigabyteSeconds: 0,
  rowsRead: 0,
  rowsWritten: 0,
  cpuMs: 0,
};
export const UNITS = Object.keys(NOTHING) as readonly (keyof Usage)[];

const combine = (of: (unit: keyof Usage) => number): Usage =>
  Object.fromEntries(UNITS.map((unit) => [unit, of(unit)])) as Usage;

export const plus = (a: Usage, b: Usage): Usage => combine((unit) => a[unit] + b[unit]);
export const times = (a: Usage, factor: number): Usage => combine((unit) => a[unit] * factor);
