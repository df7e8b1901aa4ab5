import { digamma } from "../../stats/digamma.ts";
import { logGamma } from "../../stats/log-gamma.ts";

/** Up to this many steps from one count to the next, adding the terms is quicker than two special functions. */
const STEPS_MAX = 50;

/** ln of c (c + 1) … (c + x - 1), and its derivative by c, for one x. */
export type Rising = { readonly log: number; readonly slope: number };

/**
 * ln Γ(c + x) - ln Γ(c) with its derivative, for each of some ascending whole numbers x. From one to the next by adding the
 * terms between them, which also keeps the difference exact where c is large.
 * @example risingLogs(2, [0, 2])[1] // { log: ln 6, slope: 1/2 + 1/3 }
 */
export function risingLogs(c: number, ascending: readonly number[]): Rising[] {
  let [reached, log, slope] = [0, 0, 0];
  return ascending.map((x) => {
    if (x - reached <= STEPS_MAX) {
      let product = 1;
      for (; reached < x; reached++) {
        slope += 1 / (c + reached);
        product *= c + reached;
        // Up to 8 factors of at most about 1e8 stay within a double.
        if (reached % 8 === 7) {
          log += Math.log(product);
          product = 1;
        }
      }
      log += Math.log(product);
    } else {
      log += logGamma(c + x) - logGamma(c + reached);
      slope += digamma(c + x) - digamma(c + reached);
      reached = x;
    }
    return { log, slope };
  });
}
