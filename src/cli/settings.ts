/** Secrets of the deployment, passed by environment so that no file holds them. */
export const SECRETS = ["CONCIERGE_SECRET", "OPERATOR_KEY"] as const;

/** What a deployment may set besides; unset ones are simply absent. */
export const SETTINGS = [
  "TOKEN_SECRET",
  "TOKEN_SECRET_PREVIOUS",
  "ALLOW_HEADLESS",
  "BUDGET_FACTOR",
  "CLEAR_AFTER_MS",
  "LOG_REQUESTS",
  "PROXY",
  "RESTORED_AT",
] as const;
