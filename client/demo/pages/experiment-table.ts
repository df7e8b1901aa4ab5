import type { ExperimentReport } from "../../../src/core/experiment/report.ts";
import { h, the } from "../element.ts";
import { priceText } from "../price.ts";
import type { Site } from "../site.ts";
import { readExperiment } from "./site-config.ts";

type Report = ExperimentReport & {
  readonly id: string;
  readonly question: string | null;
  readonly status: string;
};
type Comparison = Report["goals"][number]["comparisons"][number];

const percent = (share: number | null): string => (share === null ? "–" : `${(share * 100).toFixed(1)} %`);
const euros = (minor: number | null): string =>
  minor === null ? "–" : priceText({ minor: Math.round(minor), currency: "EUR" });

/** Reads and shows every experiment of the config, and the holdout that every site has. */
export async function showExperiments(
  site: Site,
  experiments: readonly { readonly id: string }[],
): Promise<void> {
  const reports = await Promise.all(
    [...experiments.map(({ id }) => id), "holdout"].map((id) => readExperiment<Report>(site, id)),
  );
  the("#experiments").replaceChildren(
    ...reports.map((report) => ("refusal" in report ? h("p", {}, report.refusal.detail) : table(report))),
  );
}

function table(report: Report): HTMLElement {
  const heads = [
    "Variation",
    "Share",
    "Visitors",
    "Buyers",
    "Conversion",
    "Revenue per visitor",
    "Difference",
  ];
  const { headline, action, sentences } = report.verdict;
  return h(
    "section",
    { class: "experiment" },
    h("h3", {}, report.question ?? report.id, h("code", {}, report.id)),
    h("p", { class: "headline" }, h("strong", {}, headline), ` ${action}`),
    ...sentences.map((sentence) => h("p", {}, sentence)),
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, ...report.variations.map((one) => row(one, report))),
      ),
    ),
  );
}

function row(of: Report["variations"][number], report: Report): HTMLElement {
  const deciding = report.goals.find(({ metric }) => metric === "revenue");
  const compared = deciding?.comparisons.find(({ variation }) => variation === of.variation);
  const cells = [
    of.isControl ? `${of.variation} (control)` : of.variation,
    percent(of.share),
    String(of.users),
    String(of.buyers),
    percent(of.users > 0 ? of.buyers / of.users : null),
    euros(of.users > 0 ? of.revenue / of.users : null),
    compared ? rangeOf(compared) : "–",
  ];
  return h("tr", {}, ...cells.map((cell) => h("td", {}, cell)));
}

const rangeOf = ({ low, high }: Comparison): string =>
  low === null || high === null ? "not yet" : `${euros(low)} to ${euros(high)}`;
