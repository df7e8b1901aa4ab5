import type { Signal } from "./signal.ts";

export const sessionCount: Signal = {
  name: "sessions",
  meaning: "How many visits there were, half an hour of silence ending one.",
  purpose: "personalization",
  value: ({ view }) => view.sessions,
};
