// Every page works without this file. It shows one question at a time,
// takes pages out of the history sooner and moves the focus.
import { startIdle } from "./idle.js";
import { startLeave } from "./leave.js";
import { startPage } from "./page.js";
import { startSteps } from "./steps.js";

startPage();
startSteps();
startLeave();
startIdle();
