import { readdirSync, readFileSync } from "node:fs";

/** Linux counts CPU time for user space in hundredths of a second, whatever the kernel was built with. */
const MS_PER_TICK = 10;

/** CPU time a process has used, user and system, in milliseconds; `undefined` where there is no /proc. See proc(5). */
export function cpuMsOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is a name in parentheses that may itself hold spaces; utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return undefined;
  }
}

/** Memory a process holds, in megabytes; `undefined` where there is no /proc. */
export function rssMbOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kilobytes) / 102.4) / 10;
  } catch {
    return undefined;
  }
}

/** File descriptors a process holds open; `undefined` where there is no /proc. */
export function openFilesOf(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}
