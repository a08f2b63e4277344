// Warns in time before the server ends a quiet session. It ends nothing itself: the server decides.
const MINUTE = 60000;
const TICK = 1000;

export function startDeskIdle() {
  const dialog = document.querySelector("[data-desk-idle]");
  if (!dialog || !dialog.showModal) return;
  const { warnMinutes, endMinutes, ping } = dialog.dataset;
  const asking = dialog.querySelector("[data-desk-asking]");
  const ended = dialog.querySelector("[data-desk-ended]");
  // A page opened in another tab keeps the session as well; each tab tells the others.
  const tabs = new BroadcastChannel("heard-desk");
  let last = Date.now();
  let over = false;
  let pings = 0;

  const renewed = () => {
    if (over) return;
    last = Date.now();
    if (dialog.open) dialog.close();
  };
  const end = () => {
    over = true;
    asking.hidden = true;
    ended.hidden = false;
    dialog.setAttribute("aria-labelledby", "desk-ended-title");
    if (!dialog.open) dialog.showModal();
    ended.querySelector("a").focus();
  };
  const stay = () => {
    // A picture is the one thing that the content policy lets a script ask for. None comes when the session is over.
    const picture = new Image();
    picture.onload = () => {
      renewed();
      tabs.postMessage("seen");
    };
    picture.onerror = end;
    pings += 1;
    picture.src = `${ping}?${pings}`;
  };

  tabs.addEventListener("message", renewed);
  tabs.postMessage("seen");
  dialog.querySelector("[data-desk-stay]").addEventListener("click", stay);
  dialog.querySelector("[data-desk-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", () => {
    if (!over) stay();
  });
  setInterval(() => {
    const quiet = Date.now() - last;
    if (over) return;
    if (quiet > endMinutes * MINUTE) end();
    else if (quiet > warnMinutes * MINUTE && !dialog.open) dialog.showModal();
  }, TICK);
}
