// Asks after some quiet minutes whether anybody is still there, then clears the page.
import { leave } from "./leave.js";

const MINUTE = 60000;
const TICK = 1000;

export function startIdle() {
  const dialog = document.querySelector("[data-idle]");
  const minutes = Number(document.body.dataset.idleMinutes);
  if (!dialog || !minutes || !dialog.showModal) return;
  const { idleGrace, idleTo, idlePing, idleVisible } = document.body.dataset;
  let heard = Date.now();
  let asked = 0;
  const stay = () => {
    heard = Date.now();
    asked = 0;
    if (dialog.open) dialog.close();
  };
  const active = () => {
    if (!asked) heard = Date.now();
  };
  for (const kind of ["input", "keydown", "pointerdown"]) document.addEventListener(kind, active, { passive: true });
  dialog.addEventListener("cancel", stay);
  dialog.querySelector("[data-idle-keep]").addEventListener("click", () => {
    stay();
    // An image request is the one kind that the content policy allows; it renews the mailbox cookie.
    if (idlePing) new Image().src = idlePing;
  });
  dialog.querySelector("[data-idle-clear]").addEventListener("click", () => leave(idleTo));
  let ticked = Date.now();
  setInterval(() => {
    const now = Date.now();
    // On a phone that is locked meanwhile nothing is lost: only the time in which the page is seen counts.
    if (idleVisible !== undefined && document.hidden) {
      heard += now - ticked;
      asked += asked && now - ticked;
    }
    ticked = now;
    if (asked && now - asked > Number(idleGrace) * MINUTE) leave(idleTo);
    else if (!asked && now - heard > minutes * MINUTE) {
      asked = now;
      dialog.showModal();
    }
  }, TICK);
}
