import { connectCarousel } from "../carousel.ts";

connectCarousel();
