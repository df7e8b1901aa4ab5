import { copyOnClick } from "./copy.ts";
import { searchPage } from "./search.ts";
import { showPlace } from "./place.ts";
import { followTheme } from "./theme.ts";

followTheme();
searchPage();
copyOnClick();
showPlace();
