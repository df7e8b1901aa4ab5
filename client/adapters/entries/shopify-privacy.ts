import { connectShopifyPrivacy } from "../shopify-privacy.ts";

connectShopifyPrivacy();
