/** |got - wanted| relative to wanted; absolute where zero is wanted. */
export function relativeError(got: number, wanted: number): number {
  return wanted === 0 ? Math.abs(got) : Math.abs(got - wanted) / Math.abs(wanted);
}
