/**
 * Who can change what others are shown, at what price, and what watching the lists tells of one person. Baskets are
 * uci-online-retail, visits serenade-sample. `npm run bench:poison`; `-- --help` lists the options. The last line is
 * JSON.
 */
import { attackBaskets, attackVisits } from "./poison/attacks.ts";
import { HELP, readOptions } from "./poison/options.ts";
import { asJson } from "./poison/report.ts";
import { UsageError } from "./poison/usage-error.ts";
import { actsOfBaskets, actsOfVisits, watch } from "./poison/watch.ts";
import { basketsOfRetail, clicksOfSerenade } from "./shop-data.ts";

function run(args: readonly string[]): void {
  const options = readOptions(args);
  if (options.isHelp) return console.log(HELP);
  const baskets = basketsOfRetail();
  const clicks = clicksOfSerenade("train");
  const later = clicksOfSerenade(options.isValid ? "valid" : "test");
  const part = options.isValid ? "validation" : "test";
  if (options.isDifferencing) {
    console.log("\nBaskets, nobody else acting meanwhile unless told:");
    const ofBaskets = baskets ? watch(actsOfBaskets(baskets), options.targets) : "skipped";
    console.log("\nVisits:");
    const ofVisits = clicks ? watch(actsOfVisits(clicks), options.targets) : "skipped";
    return console.log(asJson({ baskets: ofBaskets, visits: ofVisits }));
  }
  const ofBaskets = baskets ? attackBaskets(baskets, options.isValid) : "skipped";
  const ofVisits = clicks && later ? attackVisits(clicks, later) : "skipped";
  console.log("");
  console.log(asJson({ part, baskets: ofBaskets, visits: ofVisits }));
}

try {
  run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
