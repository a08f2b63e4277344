// Every page works without this file. It only takes pages out of the history sooner and moves the focus.
import { startDeskIdle } from "./desk_idle.js";
import { startIdle } from "./idle.js";
import { startLeave } from "./leave.js";
import { startPage } from "./page.js";

startPage();
startLeave();
startIdle();
startDeskIdle();
