import { assign } from "../assign.ts";

/** For pages without modules: `conciergeAssign({ seed, shares })`. */
(window as { conciergeAssign?: typeof assign }).conciergeAssign = assign;
