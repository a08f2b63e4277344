// What the pages of signed-in people have beside the rest.
import { startDeskIdle } from "./desk_idle.js";

startDeskIdle();
