// Checks one step before the next is shown, with the sentences of the server, which stand on the fields.
import { findFileProblems } from "./step_files.js";

const FIRST_YEAR = 1900;

// Whether a field that depends on a choice is asked: its part is shown, even while the whole step is not.
export function isOpen(field) {
  const part = field.closest(".app-when, .app-reveal");
  return !part || getComputedStyle(part).display !== "none";
}

function isAnswered(group) {
  return Boolean(group.querySelector(":checked:not(option)") || group.querySelector("select")?.value);
}

function monthProblem(group) {
  const { month: wrongMonth, year: wrongYear, future } = group.dataset;
  const [month, year] = [...group.querySelectorAll("input")];
  const typed = [month.value.trim(), year.value.trim()];
  if (typed[0] && !(/^\d{1,4}$/.test(typed[0]) && Number(typed[0]) >= 1 && Number(typed[0]) <= 12)) return [month, wrongMonth];
  if ((typed[0] || typed[1]) && !(/^\d{4}$/.test(typed[1]) && Number(typed[1]) >= FIRST_YEAR)) return [year, wrongYear];
  const today = new Date();
  const late = Number(typed[1]) * 12 + Number(typed[0] || 1) > today.getFullYear() * 12 + today.getMonth() + 1;
  return late ? [year, future] : null;
}

// The server compares what it keeps: line ends count once, white space at the ends not at all.
function lengthOf(field) {
  return [...field.value.replace(/\r\n?/g, "\n").trim().normalize("NFC")].length;
}

export function findProblems(step) {
  const found = [];
  for (const group of step.querySelectorAll("[data-missing]")) {
    if (!isAnswered(group)) found.push({ group, field: group.querySelector("input, select"), text: group.dataset.missing });
  }
  for (const group of step.querySelectorAll("[data-limit]")) {
    const field = group.querySelector("input, textarea");
    const written = lengthOf(field);
    if (written > Number(group.dataset.limit)) found.push({ group, field, written, text: group.dataset.tooLong });
  }
  for (const group of step.querySelectorAll("[data-needed]")) {
    const field = group.querySelector("input");
    if (isOpen(field) && isNeeded(step, group.dataset) && !field.value.trim()) {
      found.push({ group, field, text: group.dataset.needed });
    }
  }
  for (const group of step.querySelectorAll("[data-files-many]")) found.push(...findFileProblems(group));
  const clash = clashProblem(step);
  if (clash) found.push(clash);
  for (const group of step.querySelectorAll("[data-month]")) {
    const problem = monthProblem(group);
    if (problem) found.push({ group, field: problem[0], text: problem[1] });
  }
  return found;
}

// A choice that another step's answer rules out.
function clashProblem(step) {
  const { clash, clashWith, clashText } = step.dataset;
  const chosen = clash && step.querySelector(`[value="${clashWith}"]:checked`);
  if (!chosen || !isGiven(clash)) return null;
  const group = chosen.closest(".app-question");
  return { group, field: group.querySelector("input"), text: clashText, also: document.getElementById(clash) };
}

function isGiven(name) {
  const field = name && document.getElementById(name);
  return Boolean(field && field.value.trim() && isOpen(field));
}

function isNeeded(step, { neededWith, neededUnless }) {
  const asked = neededWith.split(" ").some((value) => step.querySelector(`[value="${value}"]:checked`));
  return asked && !isGiven(neededUnless);
}

function clearProblems(form) {
  document.querySelectorAll(".nhsuk-error-summary").forEach((summary) => summary.remove());
  form.querySelectorAll(".nhsuk-error-message, [data-written]").forEach((told) => told.remove());
  for (const name of ["nhsuk-form-group--error", "nhsuk-input--error", "nhsuk-textarea--error"]) {
    form.querySelectorAll(`.${name}`).forEach((marked) => marked.classList.remove(name));
  }
  form.querySelectorAll("[aria-describedby]").forEach((described) => {
    const kept = described.getAttribute("aria-describedby").split(" ").filter((id) => document.getElementById(id));
    if (kept.length) described.setAttribute("aria-describedby", kept.join(" "));
    else described.removeAttribute("aria-describedby");
  });
  document.title = document.title.replace(`${form.dataset.error} `, "");
}

function describe(group, field, id) {
  const described = group.querySelector("fieldset") || field;
  const known = described.getAttribute("aria-describedby");
  described.setAttribute("aria-describedby", [known, id].filter(Boolean).join(" "));
}

// How many characters there are, in the form of the sentence that goes with that number.
function tellWritten(words, group, field, count) {
  const { lang } = document.documentElement;
  const kind = new Intl.PluralRules(lang).select(count);
  const sentence = words[`written${kind[0].toUpperCase()}${kind.slice(1)}`] || words.writtenOther;
  const number = new Intl.NumberFormat(lang, { numberingSystem: "latn", useGrouping: "always" }).format(count);
  const hint = group.querySelector(".nhsuk-hint");
  const told = document.createElement(hint ? "span" : "div");
  told.dataset.written = "";
  told.textContent = ` ${sentence.replace("{num}", number)}`;
  if (hint) {
    hint.append(told);
    return;
  }
  told.className = "nhsuk-hint";
  told.id = `${field.id}-hint`;
  field.before(told);
  describe(group, field, told.id);
}

function tellAtField({ group, field, text }, place) {
  const message = document.createElement("span");
  message.className = "nhsuk-error-message";
  message.id = `${field.id}-error${place ? `-${place}` : ""}`;
  message.textContent = text;
  group.classList.add("nhsuk-form-group--error");
  (group.querySelector(".app-choices, .app-month__parts") || field).before(message);
  describe(group, field, message.id);
}

function linkTo(field, text) {
  const link = document.createElement("a");
  link.href = `#${field.id}`;
  link.textContent = text;
  return link;
}

function lineOf({ field, text, also }) {
  const item = document.createElement("li");
  item.append(linkTo(field, text));
  if (also) item.append(document.createElement("br"), linkTo(also, also.labels[0].textContent.trim()));
  return item;
}

export function showProblems(form, problems) {
  const words = form.dataset;
  clearProblems(form);
  if (!problems.length) return;
  const summary = document.createElement("div");
  summary.className = "nhsuk-error-summary";
  summary.tabIndex = -1;
  summary.dataset.focus = "";
  summary.setAttribute("role", "alert");
  summary.setAttribute("aria-labelledby", "error-summary-title");
  summary.innerHTML = '<h2 class="nhsuk-error-summary__title" id="error-summary-title"></h2>'
    + '<div class="nhsuk-error-summary__body"><ul class="nhsuk-list nhsuk-error-summary__list"></ul></div>';
  summary.querySelector("h2").textContent = words.problem;
  summary.querySelector("ul").append(...problems.map(lineOf));
  for (const [place, problem] of problems.entries()) {
    const { group, field, written } = problem;
    if (written) tellWritten(words, group, field, written);
    tellAtField(problem, problems.slice(0, place).filter((before) => before.field === field).length);
  }
  (document.querySelector("[data-page-title]") || form).before(summary);
  document.title = `${words.error} ${document.title}`;
  scrollTo(0, 0);
  summary.focus({ preventScroll: true });
}
