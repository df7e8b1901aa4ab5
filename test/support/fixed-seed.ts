import fc from "fast-check";

// A gate does not throw dice: the same inputs at every run. `FC_SEED=n npx vitest …` looks elsewhere.
fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 1_122) });
