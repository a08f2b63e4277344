// A long list of places gets a line to type into; the list then shows what fits.
const LONG = 12;

export function startPlaceFinder(select, { find, findNone }) {
  if (!select || select.options.length < LONG) return;
  const all = [...select.children].map((child) => child.cloneNode(true));
  const label = document.createElement("label");
  label.className = "nhsuk-hint";
  label.htmlFor = "place-find";
  label.textContent = find;
  const line = document.createElement("input");
  line.className = "nhsuk-input app-full";
  line.id = "place-find";
  line.type = "text";
  line.autocomplete = "off";
  line.spellcheck = false;
  const told = document.createElement("p");
  told.className = "app-find__none";
  told.setAttribute("role", "status");
  line.addEventListener("input", () => {
    const chosen = select.value;
    const wanted = line.value.trim().toLocaleLowerCase();
    select.replaceChildren(...all.map((child) => fitting(child, wanted)).filter(Boolean));
    select.value = chosen;
    const fits = [...select.querySelectorAll("optgroup option")];
    const others = [...select.querySelectorAll(":scope > option")].filter((option) => option.value && holds(option, wanted));
    told.textContent = fits.length || others.length ? "" : findNone;
    if (wanted && fits.length === 1) select.value = fits[0].value;
    else if (select.selectedIndex < 0) select.selectedIndex = 0;
  });
  select.before(label, line, told);
}

function holds(option, wanted) {
  return option.textContent.toLocaleLowerCase().includes(wanted);
}

// A site keeps all its wards when its own name fits; what is no place always stays.
function fitting(child, wanted) {
  const copy = child.cloneNode(true);
  if (!wanted || copy.tagName !== "OPTGROUP" || copy.label.toLocaleLowerCase().includes(wanted)) return copy;
  for (const option of [...copy.children]) {
    if (!holds(option, wanted)) option.remove();
  }
  return copy.children.length ? copy : null;
}
