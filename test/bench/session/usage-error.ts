/** What the caller of a bench can put right. The message says how. */
export class UsageError extends Error {}
