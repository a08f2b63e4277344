// One question at a time. The page is one long form; this shows one part of it. Nothing is kept outside the page.
import { startPlaceFinder } from "./place_finder.js";
import { findProblems, showProblems } from "./step_checks.js";
import { listAnswers } from "./step_summary.js";

const CHECK = "check";

// A step that follows from an answer ("Do they know?") is left out until that answer is given.
function isAsked(form, step) {
  const after = step.dataset.askedAfter;
  const who = form.querySelector("[name='who']:checked");
  return !after || Boolean(who && after.split(" ").includes(who.value));
}

function retag(old, tag) {
  const made = document.createElement(tag);
  for (const { name, value } of old.attributes) made.setAttribute(name, value);
  made.append(...old.childNodes);
  old.replaceWith(made);
  return made;
}

class Steps {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.all = [...form.querySelectorAll("[data-step]")];
    this.check = this.named(CHECK);
    this.goOn = form.querySelector("[data-continue]");
    this.send = form.querySelector("[data-send]");
    this.caption = document.createElement("p");
    this.caption.className = "app-caption";
    this.plainTitle = document.title.replace(`${this.words.error} `, "");
  }

  named(name) {
    return this.all.find((step) => step.dataset.step === name);
  }

  asked() {
    return this.all.filter((step) => step !== this.check && isAsked(this.form, step));
  }

  // The question becomes the heading of the page, so that there is one and it says where the person is.
  setHeading(step) {
    const before = this.form.querySelector("h1[data-step-title]");
    if (before) retag(before, "h2");
    document.querySelector("[data-page-title]").hidden = true;
    return retag(step.querySelector("[data-step-title]"), "h1");
  }

  setTitle(step, place) {
    const title = step === this.check ? this.plainTitle : this.words.title.replace("{place}", place);
    const wrong = step.querySelector(".nhsuk-error-message");
    document.title = wrong ? `${this.words.error} ${title}` : title;
  }

  show(step, focus = true) {
    this.now = step;
    const last = step === this.check;
    const asked = this.asked();
    const place = asked.indexOf(step) + 1;
    for (const other of this.all) other.hidden = other !== step;
    this.goOn.hidden = last;
    this.send.hidden = !last;
    this.caption.hidden = last;
    this.caption.textContent = this.words.progress.replace("{place}", place).replace("{total}", asked.length);
    step.prepend(this.caption);
    if (last) listAnswers(this.form, asked, step.querySelector("[data-check]"), (target) => this.go(target, CHECK));
    const heading = this.setHeading(step);
    this.setTitle(step, place);
    document.querySelectorAll("[data-intro]").forEach((intro) => {
      intro.hidden = step !== this.all[0];
    });
    // The languages went out of sight with the first answer; now that all moves they leave no empty line either.
    document.querySelector(".app-languages--away")?.setAttribute("hidden", "");
    if (!focus) return;
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }

  go(step, from = "") {
    history.pushState({ step: step.dataset.step, from }, "");
    this.show(step);
  }

  next() {
    const problems = findProblems(this.now);
    showProblems(this.form, problems);
    if (problems.length) return;
    const asked = this.asked();
    const following = asked[asked.indexOf(this.now) + 1] || this.check;
    // Whoever came from the list of answers goes back to it, by way of what a new answer asks in addition.
    const open = asked.find((step) => findProblems(step).length) || this.check;
    if (history.state?.from === CHECK) this.go(open, CHECK);
    else this.go(following);
  }

  back(state) {
    const step = this.named(state?.step) || this.all[0];
    this.show(step === this.check || isAsked(this.form, step) ? step : this.all[0]);
  }

  start() {
    const wrong = this.all.find((step) => step.querySelector(".nhsuk-error-message")) || this.all[0];
    history.replaceState({ step: wrong.dataset.step }, "");
    this.show(wrong, false);
    // A page that came back with errors keeps its focus on their summary.
    document.querySelector("[data-focus]")?.focus();
  }
}

// "No" and another answer to the same question rule each other out.
function keepAlone({ target }) {
  const alone = target.closest("[data-alone]")?.dataset.alone;
  if (!alone || !target.checked) return;
  for (const other of document.querySelectorAll(`[name="${target.name}"]:checked`)) {
    if (other !== target && [target.value, other.value].includes(alone)) other.checked = false;
  }
}

function listen(steps) {
  steps.goOn.addEventListener("click", () => steps.next());
  steps.form.addEventListener("keydown", (event) => {
    // Enter in a line of text means Continue; sending is the last step's.
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    steps.next();
  });
  steps.form.addEventListener("change", keepAlone);
  addEventListener("popstate", (event) => steps.back(event.state));
  document.querySelector(".app-back")?.addEventListener("click", (event) => {
    if (steps.now === steps.all[0]) return;
    event.preventDefault();
    history.back();
  });
  // A line of the error summary may lead to a field of another step.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-focus] a[href^='#']");
    const step = link && document.getElementById(link.hash.slice(1))?.closest("[data-step]");
    if (step && step !== steps.now) steps.go(step);
  }, true);
}

export function startSteps() {
  const form = document.querySelector("[data-steps]");
  if (!form) return;
  const steps = new Steps(form);
  form.classList.add("app-steps--one");
  document.querySelectorAll("[data-no-steps], .app-step__number").forEach((text) => text.remove());
  startPlaceFinder(form.querySelector("#place"), form.dataset);
  listen(steps);
  steps.start();
}
