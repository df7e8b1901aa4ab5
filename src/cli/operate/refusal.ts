/** Why a command does not begin, and what to do about it. Told without a stack: it is no fault of ours. */
export class Refusal extends Error {
  readonly cure: string;

  constructor(detail: string, cure: string) {
    super(detail);
    this.cure = cure;
  }
}

/** Exit codes, as service managers read them: what an operator has to mend is not tried again (sysexits.h, EX_CONFIG). */
export const EXIT = { done: 0, failed: 1, differs: 2, misconfigured: 78 } as const;

/** Runs a command and ends with its code; a refusal is told with its cure. */
export async function runCommand(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (error instanceof Refusal) {
      console.error(`${error.message}\n  → ${error.cure}`);
      process.exitCode = EXIT.misconfigured;
      return;
    }
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = EXIT.failed;
  }
}
