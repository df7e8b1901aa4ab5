import { readFileSync, statfsSync } from "node:fs";
import { Refusal } from "./refusal.ts";

/** A customer's object on disk after a visit; 12 KB when nearly empty. */
export const CUSTOMER_BYTES = 28 * 1024;
/** An open object holds its database, write-ahead log and shared memory. */
export const DESCRIPTORS_PER_OBJECT = 3;
/** What workerd itself, sockets and shared objects need. */
const DESCRIPTORS_KEPT = 200;
const BYTES_MIN = 256 * 1024 * 1024;
const INODES_MIN = 10_000;

export type Room = {
  readonly freeBytes: number;
  /** Infinite where the file system makes inodes as needed. */
  readonly freeInodes: number;
  readonly descriptors: number;
};

/** What is left of the machine for a folder that exists. */
export function roomOf(dir: string): Room {
  const { bavail, bsize, files, ffree } = statfsSync(dir);
  return {
    freeBytes: bavail * bsize,
    freeInodes: files === 0 ? Number.POSITIVE_INFINITY : ffree,
    descriptors: Math.min(65_536, hardLimit()),
  };
}

/** The most descriptors this process may ask for; where nobody tells, what shells usually allow. */
function hardLimit(): number {
  try {
    const found = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    if (found === "unlimited") return Number.POSITIVE_INFINITY;
    return Number(found ?? 1024);
  } catch {
    return 1024;
  }
}

export type Carries = { readonly byDisk: number; readonly byInodes: number; readonly openAtOnce: number };

/**
 * How many more customers that is room for, and how many can be at work at the same moment.
 * @example carries({ freeBytes: 28_672_000, freeInodes: 500, descriptors: 1_100 }) // { byDisk: 1000, byInodes: 500, openAtOnce: 300 }
 */
export function carries({ freeBytes, freeInodes, descriptors }: Room): Carries {
  return {
    byDisk: Math.floor(freeBytes / CUSTOMER_BYTES),
    byInodes: freeInodes,
    openAtOnce: Math.max(0, Math.floor((descriptors - DESCRIPTORS_KEPT) / DESCRIPTORS_PER_OBJECT)),
  };
}

const count = (n: number): string =>
  Number.isFinite(n) ? Math.floor(n).toLocaleString("en-US") : "as many as the disk holds";

/** The same as lines for people, and what is too little to begin with as a refusal. */
export function tellRoom(dir: string, room: Room): string[] {
  if (room.freeBytes < BYTES_MIN || room.freeInodes < INODES_MIN)
    throw new Refusal(
      `${dir} has ${count(room.freeBytes / 1024 / 1024)} MB and ${count(room.freeInodes)} inodes left.`,
      "Serve from a file system with room: each customer takes one inode and 12 KB or more.",
    );
  const { byDisk, byInodes, openAtOnce } = carries(room);
  return [
    `Disk          ${count(room.freeBytes / 1024 ** 3)} GB free: about ${count(byDisk)} more customers of 28 KB`,
    `Inodes        ${count(byInodes)} free, one for each customer`,
    `Descriptors   ${count(room.descriptors)}: ${count(openAtOnce)} objects open at once${
      openAtOnce < 5_000 ? " (few for a busy shop: raise LimitNOFILE, or ulimit -n)" : ""
    }`,
  ];
}
