// Leave this site: hide the page at once, then replace it so that Back does not lead here.
const PRESSES = 3;
const WITHIN = 5000;

export function leave(address) {
  const blank = document.createElement("div");
  blank.className = "app-blank";
  document.body.append(blank);
  document.title = "\u200b";
  location.replace(address);
}

// Three presses of Shift. Another key in between means that the person is typing capitals.
function countPresses(dots, address) {
  let presses = 0;
  let timer;
  const show = () => {
    dots.hidden = presses === 0;
    [...dots.children].forEach((dot, place) => dot.classList.toggle("app-on", place < presses));
  };
  const reset = () => {
    presses = 0;
    show();
  };
  let alone = false;
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && (alone || !event.repeat);
    if (event.key !== "Shift") reset();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    if (presses === 0) {
      clearTimeout(timer);
      timer = setTimeout(reset, WITHIN);
    }
    presses += 1;
    show();
    if (presses >= PRESSES) leave(address);
  });
}

export function startLeave() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link) return;
    event.preventDefault();
    leave(link.href);
  });
  const dots = document.querySelector(".app-exit__dots");
  if (dots) countPresses(dots, document.querySelector("[data-leave]").href);
}
