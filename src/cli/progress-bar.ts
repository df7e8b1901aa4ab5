/** A progress bar on a terminal; a line now and then where the output goes to a file. */
export function progressBar(label: string, total: number) {
  const isTerminal = process.stdout.isTTY === true;
  const startedAt = Date.now();
  let done = 0;
  let shownAt = 0;
  const draw = () => {
    const share = total === 0 ? 1 : done / total;
    const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░");
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
    process.stdout.write(
      isTerminal
        ? `\r${label} ${bar} ${Math.floor(share * 100)} % ${seconds} s `
        : `${label} ${Math.floor(share * 100)} % ${seconds} s\n`,
    );
  };
  return {
    step(): void {
      done++;
      const now = Date.now();
      if (now - shownAt < (isTerminal ? 100 : 10_000)) return;
      shownAt = now;
      draw();
    },
    end(): void {
      done = total;
      draw();
      if (isTerminal) process.stdout.write("\n");
    },
  };
}
