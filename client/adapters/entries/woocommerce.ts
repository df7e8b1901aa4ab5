import { connectWooCommerce } from "../woocommerce.ts";

connectWooCommerce();
