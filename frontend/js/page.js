// Small courtesies: focus on the error summary, clearing links, the print link, no page from the back/forward cache.
function onClick(selector, act) {
  document.addEventListener("click", (event) => {
    const found = event.target.closest(selector);
    if (!found) return;
    event.preventDefault();
    act(found);
  });
}

// A link to a field also opens the details in which the field sits.
function goToField(link) {
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  const details = field.closest("details");
  if (details) details.open = true;
  (field.closest("fieldset") || field).scrollIntoView();
  field.focus({ preventScroll: true });
}

// Without a connection the browser would show a page of its own, and Back from there an empty form.
function tellOffline({ submitter, target }, words) {
  target.querySelector("[data-no-connection]")?.remove();
  const notice = document.createElement("div");
  notice.className = "app-notice app-notice--stopped";
  notice.dataset.noConnection = "";
  notice.setAttribute("role", "alert");
  notice.append(document.createElement("p"));
  const button = submitter || target.querySelector("[type='submit']");
  (button.closest(".app-actions") || button).before(notice);
  notice.firstChild.textContent = words;
  addEventListener("online", () => notice.remove(), { once: true });
  notice.scrollIntoView({ block: "nearest" });
}

function send(event) {
  const words = document.querySelector("[data-offline]")?.dataset.offline;
  if (navigator.onLine || !words) {
    forgetAnswer(event);
    return;
  }
  event.preventDefault();
  tellOffline(event, words);
}

// An answer to a form is an entry of the history that Back would send again. Once the form is sent on, that entry
// becomes the address of the blank form, so that Back shows nothing that was typed.
function forgetAnswer(event) {
  const { blank } = event.target.dataset;
  if (blank) history.replaceState(null, "", blank);
}

// Another language is another page: once something is typed, the way there would lose it.
function keepAnswers(event) {
  if (!event.target.closest("form")) return;
  document.querySelector("[data-languages]")?.classList.add("app-languages--away");
}

export function startPage() {
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  document.querySelectorAll("[data-script-only]").forEach((element) => {
    element.hidden = false;
  });
  document.querySelectorAll("[data-no-script]").forEach((element) => element.remove());
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("submit", send);
  document.addEventListener("input", keepAnswers);
  onClick("[data-replace]", (link) => location.replace(link.href));
  onClick("[data-print]", () => print());
  onClick("[data-focus] a[href^='#']", goToField);
}
