import { connectTcf } from "../tcf.ts";

connectTcf();
