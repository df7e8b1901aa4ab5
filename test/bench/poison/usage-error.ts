/** What the caller of the bench can put right. The message says how. */
export class UsageError extends Error {}
