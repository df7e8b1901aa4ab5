import { connectGa4 } from "../ga4.ts";

connectGa4();
