import type { SpendCell } from "./model/spend.ts";

/** Fewer repeat customers leave a correlation of 0 anywhere between -.3 and .3. */
const CUSTOMERS_MIN = 50;

/**
 * Pearson's correlation between how often customers came back and what a repeat day brought, in [-1, 1]. Gamma-Gamma takes
 * the two for independent. Below 0: frequent customers are overvalued by it; above 0: undervalued. Source: Fader & Hardie 2005, "RFM and CLV", who
 * found .06 to .11 on CDNOW. `undefined` where too few came back or all did alike.
 */
export function spendCorrelation(spenders: readonly SpendCell[]): number | undefined {
  if (spenders.length < CUSTOMERS_MIN) return undefined;
  const count = spenders.reduce((sum, { n }) => sum + n, 0);
  const meanX = spenders.reduce((sum, { x, n }) => sum + n * x, 0) / count;
  const meanOf = spenders.reduce((sum, { mean, n }) => sum + n * mean, 0) / count;
  let [both, ofX, ofMean] = [0, 0, 0];
  for (const { x, mean, n } of spenders) {
    both += n * (x - meanX) * (mean - meanOf);
    ofX += n * (x - meanX) ** 2;
    ofMean += n * (mean - meanOf) ** 2;
  }
  return ofX > 0 && ofMean > 0 ? both / Math.sqrt(ofX * ofMean) : undefined;
}
