// Warns in time before the server ends a session. It ends nothing itself: the server decides.
const MINUTE = 60000;
const TICK = 1000;

export function startDeskIdle() {
  const dialog = document.querySelector("[data-desk-idle]");
  if (!dialog || !dialog.showModal) return;
  const { warnMinutes, endMinutes, leftMinutes, lastMinutes, ping } = dialog.dataset;
  const parts = [...dialog.children];
  // A page opened in another tab keeps the session as well; each tab tells the others.
  const tabs = new BroadcastChannel("heard-desk");
  const loaded = Date.now();
  let last = loaded;
  let over = false;
  let warned = false;
  let pings = 0;

  const show = (name) => {
    for (const part of parts) part.hidden = part.dataset.desk !== name;
    dialog.setAttribute("aria-labelledby", `desk-${name}-title`);
    if (!dialog.open) dialog.showModal();
  };
  const renewed = () => {
    if (over) return;
    last = Date.now();
    if (dialog.open) dialog.close();
  };
  const end = () => {
    over = true;
    show("ended");
    dialog.querySelector("[data-desk='ended'] a").focus();
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
  for (const button of dialog.querySelectorAll("[data-desk-close]")) {
    button.addEventListener("click", () => dialog.close());
  }
  dialog.addEventListener("cancel", () => {
    if (!over) stay();
  });
  setInterval(() => {
    const now = Date.now();
    if (over) return;
    if (now - last > endMinutes * MINUTE || now - loaded > leftMinutes * MINUTE) end();
    else if (dialog.open) return;
    else if (now - last > warnMinutes * MINUTE) show("asking");
    else if (!warned && now - loaded > (leftMinutes - lastMinutes) * MINUTE) {
      warned = true;
      show("last");
    }
  }, TICK);
}
