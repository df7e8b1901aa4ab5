import { connectEngagement } from "../engagement.ts";

connectEngagement();
