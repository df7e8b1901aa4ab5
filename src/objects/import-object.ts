import { DurableObject } from "cloudflare:workers";
import type { RunReport } from "../core/import/report.ts";
import { DAY_MS } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { ImportStore, type Envelope, type RunState } from "../store/import-store.ts";
import { ShelfStore, type HookRow, type HookSecret } from "../store/shelf-store.ts";
import { CommitChunk } from "./commit-chunk.ts";

/** Chunks per alarm: the platform lets one invocation make a thousand calls to other objects. */
const CHUNKS_PER_ALARM = 4;
const RETRY_MS = 5_000;

/** What a run begins with. */
export type RunStart = { readonly site: string; readonly shelf: string; readonly report: RunReport };

/**
 * One run of an import, or a site's shelf (reports of runs, secrets of shop systems). A run holds rows of persons, sealed,
 * until they are committed or a day is over; then the object is emptied and only the report stays, on the shelf.
 */
export class ImportObject extends DurableObject<Env> {
  readonly #store = new ImportStore(this.ctx.storage);
  readonly #shelf = new ShelfStore(this.ctx.storage);
  /** The chunk under way, with the customers who were already told: a repeat in this process skips them. */
  #chunk: CommitChunk | undefined;

  // ——— a run ———

  /** Opens a run for staging, or answers with the report of the same file that was staged before. */
  async begin({ site, shelf, report }: RunStart): Promise<RunReport | "open"> {
    const known = this.#store.run();
    if (known && known.report.status !== "staging") return reportOf(known);
    const expiresAt = report.createdAt + DAY_MS;
    this.ctx.storage.transactionSync(() => {
      this.#store.save({
        site,
        shelf,
        report: { ...report, status: "staging" },
        expiresAt,
        chunks: 0,
        begun: -1,
        done: 0,
      });
    });
    await this.ctx.storage.setAlarm(expiresAt);
    return "open";
  }

  /** Keeps one sealed chunk. The same chunk sent again takes its own place. */
  stage(no: number, sealed: string): void {
    if (this.#store.run()?.report.status !== "staging") return;
    this.#store.putChunk(no, sealed);
  }

  /** Everything is staged: the run can be committed until it expires. */
  async staged(report: RunReport, chunks: number): Promise<RunReport> {
    const run = this.#store.run();
    if (!run || run.report.status !== "staging") return run ? reportOf(run) : report;
    const next: RunState = {
      ...run,
      report: { ...report, status: "staged", expiresAt: run.expiresAt },
      chunks,
    };
    this.#store.save(next);
    await this.#tellShelf(next);
    return reportOf(next);
  }

  /** Lets go of a run whose file turned out to be unreadable. */
  async abandon(): Promise<void> {
    if (this.#store.run()?.report.status === "staging") await this.#empty();
  }

  async report(): Promise<RunReport | undefined> {
    const run = this.#store.run();
    return run && reportOf(run);
  }

  /** Starts the commit; the alarm does the work. Asked again it only answers how far it is. */
  async commit(envelope: Envelope): Promise<RunReport | undefined> {
    const run = this.#store.run();
    if (!run || run.report.status === "staging") return undefined;
    if (run.report.status !== "staged") return reportOf(run);
    const committedAt = Date.now();
    const { expiresAt: _gone, ...report } = run.report;
    const next: RunState = {
      ...run,
      envelope,
      // What cannot be told within a day is given up: rows of persons do not stay longer.
      expiresAt: committedAt + DAY_MS,
      report: { ...report, status: "committing", committedAt },
    };
    this.#store.save(next);
    await this.ctx.storage.setAlarm(committedAt);
    return reportOf(next);
  }

  override async alarm(): Promise<void> {
    const run = this.#store.run();
    if (!run) return;
    const now = Date.now();
    // The next alarm is set before anything can fail: one that throws for two minutes is dropped for good.
    await this.ctx.storage.setAlarm(now + RETRY_MS);
    try {
      if (run.report.status === "committing") await this.#work(now);
      else if (now < run.expiresAt) await this.ctx.storage.setAlarm(run.expiresAt);
      else await this.#expire(run);
    } catch (error) {
      console.error(JSON.stringify({ at: "import.alarm", error: String(error) }));
    }
  }

  async #work(now: number): Promise<void> {
    let run = this.#store.run()!;
    for (let count = 0; count < CHUNKS_PER_ALARM && run.done < run.chunks; count++) {
      const chunk = await this.#openChunk(run);
      const isLost = now >= run.expiresAt;
      if (!isLost && !(await chunk.tell())) return;
      const { outcome } = chunk.close(run.report.outcome);
      run = { ...this.#store.run()!, done: run.done + 1, report: { ...run.report, outcome } };
      this.#store.save(run);
      this.#chunk = undefined;
    }
    if (run.done >= run.chunks) await this.#finish(run);
    else await this.ctx.storage.setAlarm(Date.now());
  }

  /** The chunk whose turn it is. That it was begun is on record before anybody is told. */
  async #openChunk(run: RunState): Promise<CommitChunk> {
    if (this.#chunk?.no === run.done) return this.#chunk;
    const isAgain = run.begun === run.done;
    if (!isAgain) this.#store.save({ ...run, begun: run.done });
    const sealed = this.#store.chunk(run.done) ?? "";
    this.#chunk = await CommitChunk.open(this.env, run, sealed, isAgain);
    return this.#chunk;
  }

  /** The report goes to the shelf first, then everything here goes: after a stop in between both are done again. */
  async #finish(run: RunState): Promise<void> {
    const report: RunReport = { ...reportOf(run), status: "done", finishedAt: Date.now() };
    await this.#tellShelf({ ...run, report });
    await this.#empty();
  }

  async #expire(run: RunState): Promise<void> {
    const { IMPORT } = this.env;
    await IMPORT.get(IMPORT.idFromString(run.shelf)).dropReport(run.report.run);
    await this.#empty();
  }

  async #empty(): Promise<void> {
    this.#chunk = undefined;
    // The alarm goes with the rest. Taken away before, it would be missed if the process stopped in between.
    await this.ctx.storage.deleteAll();
  }

  async #tellShelf(run: RunState): Promise<void> {
    const { IMPORT } = this.env;
    await IMPORT.get(IMPORT.idFromString(run.shelf)).keepReport(reportOf(run));
  }

  // ——— the shelf ———

  keepReport(report: RunReport): void {
    this.#shelf.keep(report);
  }

  dropReport(run: string): void {
    this.#shelf.drop(run);
  }

  reportOn(run: string): RunReport | undefined {
    return this.#shelf.report(run);
  }

  reports(limit: number): RunReport[] {
    return this.#shelf.reports(limit);
  }

  hookSecret(platform: string): HookSecret | undefined {
    return this.#shelf.secret(platform);
  }

  /** Sets a sealed secret, or, without one, replaces our own by the next version. */
  setHookSecret(platform: string, sealed: string | null): number {
    return this.#shelf.setSecret(platform, sealed, Date.now());
  }

  noteHook(platform: string, topic: string, outcome: string): void {
    this.#shelf.note(platform, topic, outcome, Date.now());
  }

  hooks(): HookRow[] {
    return this.#shelf.hooks();
  }
}

/** The report with how far the commit is. */
const reportOf = ({ report, chunks, done }: RunState): RunReport =>
  report.status === "staging" || report.status === "staged"
    ? report
    : { ...report, progress: { chunks, done } };
