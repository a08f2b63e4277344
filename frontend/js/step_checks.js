// Checks one step before the next is shown, with the sentences of the server, which stand on the fields.
const FIRST_YEAR = 1900;
const MOST_FILES = 5;
const MOST_BYTES = 25 * 1024 * 1024;

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
    if (lengthOf(field) > Number(group.dataset.limit)) found.push({ group, field, text: group.dataset.tooLong });
  }
  for (const group of step.querySelectorAll("[data-needed]")) {
    const field = group.querySelector("input");
    if (isOpen(field) && isNeeded(step, group.dataset) && !field.value.trim()) {
      found.push({ group, field, text: group.dataset.needed });
    }
  }
  for (const group of step.querySelectorAll("[data-files-many]")) found.push(...fileProblems(group));
  const clash = clashProblem(step);
  if (clash) found.push(clash);
  for (const group of step.querySelectorAll("[data-month]")) {
    const problem = monthProblem(group);
    if (problem) found.push({ group, field: problem[0], text: problem[1] });
  }
  return found;
}

// Nobody should wait for a long upload to hear that a file is too large.
function fileProblems(group) {
  const field = group.querySelector("input");
  const { filesMany, filesLarge } = group.dataset;
  if (field.files.length > MOST_FILES) return [{ group, field, text: filesMany }];
  const large = [...field.files].filter((file) => file.size > MOST_BYTES);
  return large.map((file) => ({ group, field, text: filesLarge.replace("{name}", file.name) }));
}

// A choice that another step's answer rules out.
function clashProblem(step) {
  const { clash, clashWith, clashText } = step.dataset;
  const chosen = clash && step.querySelector(`[value="${clashWith}"]:checked`);
  if (!chosen || !isGiven(clash)) return null;
  const group = chosen.closest(".app-question");
  return { group, field: group.querySelector("input"), text: clashText };
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
  form.querySelectorAll(".nhsuk-error-message").forEach((message) => message.remove());
  for (const name of ["nhsuk-form-group--error", "nhsuk-input--error", "nhsuk-textarea--error"]) {
    form.querySelectorAll(`.${name}`).forEach((marked) => marked.classList.remove(name));
  }
  form.querySelectorAll("[aria-describedby$='-error']").forEach((described) => {
    const kept = described.getAttribute("aria-describedby").split(" ").filter((id) => !id.endsWith("-error"));
    if (kept.join("")) described.setAttribute("aria-describedby", kept.join(" "));
    else described.removeAttribute("aria-describedby");
  });
  document.title = document.title.replace(`${form.dataset.error} `, "");
}

function describe(group, field, id) {
  const described = group.querySelector("fieldset") || field;
  const known = described.getAttribute("aria-describedby");
  described.setAttribute("aria-describedby", [known, id].filter(Boolean).join(" "));
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
  for (const { group, field, text } of problems) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${field.id}`;
    link.textContent = text;
    item.append(link);
    summary.querySelector("ul").append(item);
    const message = document.createElement("span");
    message.className = "nhsuk-error-message";
    message.id = `${field.id}-error`;
    message.textContent = text;
    group.classList.add("nhsuk-form-group--error");
    (group.querySelector(".app-choices, .app-month__parts") || field).before(message);
    describe(group, field, message.id);
  }
  (document.querySelector("[data-page-title]") || form).before(summary);
  document.title = `${words.error} ${document.title}`;
  scrollTo(0, 0);
  summary.focus({ preventScroll: true });
}
