// The list of answers before sending, made from the form as it stands in the page.
import { isOpen } from "./step_checks.js";

function labelOf(form, field) {
  return form.querySelector(`label[for="${field.id}"]`).textContent.trim();
}

function textOf(form, field) {
  if (field.tagName === "SELECT") return field.value ? field.selectedOptions[0].textContent.trim() : "";
  if (field.type === "file") return [...field.files].map((file) => file.name).join("; ");
  if (field.type === "radio" || field.type === "checkbox") {
    return field.checked ? labelOf(form, field) : "";
  }
  const text = field.value.trim();
  // A line that is not the question itself says what it is.
  return text && !field.labels[0].closest("[data-step-title]") ? `${labelOf(form, field)}: ${text}` : text;
}

function answersOf(form, step) {
  // What a choice has hidden again is not sent.
  const fields = [...step.querySelectorAll("input[name], select, textarea")].filter(isOpen);
  const texts = fields.map((field) => textOf(form, field)).filter(Boolean);
  // A page that came back holds no files: nobody should think that they are sent.
  const again = fields.some((field) => field.type === "file" && !field.files.length) && step.querySelector(".app-file-again");
  if (again) texts.push(again.textContent.trim());
  const line = step.querySelector("[data-place-line]");
  return line && !texts.length ? [line.textContent.trim()] : texts;
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function changeButton(question, text, change) {
  const button = element("button", "app-link-button app-link-button--blue", text);
  button.type = "button";
  button.append(element("span", "nhsuk-u-visually-hidden", ` ${question}`));
  button.addEventListener("click", change);
  return button;
}

export function listAnswers(form, steps, list, change) {
  const { notGiven, change: changeText } = form.dataset;
  const rows = steps.map((step) => {
    const question = step.querySelector("[data-step-title]").textContent.trim();
    const texts = answersOf(form, step);
    const answer = element("dd", "app-check__answer");
    answer.append(...(texts.length ? texts : [notGiven]).map((text) => element("p", "app-text", text)));
    const action = element("dd", "app-check__change");
    action.append(changeButton(question, changeText, () => change(step)));
    const row = element("div", "app-check__row");
    row.append(element("dt", "", question), answer, action);
    return row;
  });
  list.replaceChildren(...rows);
}
