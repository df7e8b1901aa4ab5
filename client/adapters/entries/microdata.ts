import { connectMicrodata } from "../microdata.ts";

connectMicrodata();
