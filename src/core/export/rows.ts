import type { EpochMs } from "../primitives/time.ts";
import type { Columns, Row } from "./column.ts";
import { CUSTOMER_COLUMNS, customerRows } from "./customer-rows.ts";
import { DECISION_COLUMNS, decisionRows } from "./decision-rows.ts";
import { EVENT_COLUMNS, eventRows } from "./event-rows.ts";
import { OUTCOME_COLUMNS, outcomeRows } from "./outcome-rows.ts";
import type { Exported, Span } from "./subject.ts";

/** What a shop can take out about all its customers. */
export const EXPORT_KINDS = ["events", "customers", "decisions", "outcomes"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** A table that can be exported: its columns, and one person's rows in it. Nothing that consent does not cover. */
export type ExportTable = {
  readonly columns: Columns;
  readonly rowsOf: (input: Exported, span: Span, now: EpochMs) => readonly Row[];
};

export const EXPORT_TABLES: Readonly<Record<ExportKind, ExportTable>> = {
  events: { columns: EVENT_COLUMNS, rowsOf: eventRows },
  customers: { columns: CUSTOMER_COLUMNS, rowsOf: customerRows },
  decisions: { columns: DECISION_COLUMNS, rowsOf: decisionRows },
  outcomes: { columns: OUTCOME_COLUMNS, rowsOf: outcomeRows },
};
