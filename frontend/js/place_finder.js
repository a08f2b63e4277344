// A long list of places gets a line to type into; the list then shows what fits.
const LONG = 12;

export function startPlaceFinder(select, words) {
  if (!select || select.options.length < LONG) return;
  const all = [...select.children].map((child) => child.cloneNode(true));
  const label = document.createElement("label");
  label.className = "nhsuk-hint";
  label.htmlFor = "place-find";
  label.textContent = words;
  const line = document.createElement("input");
  line.className = "nhsuk-input app-full";
  line.id = "place-find";
  line.type = "text";
  line.autocomplete = "off";
  line.spellcheck = false;
  line.addEventListener("input", () => {
    const chosen = select.value;
    const wanted = line.value.trim().toLocaleLowerCase();
    select.replaceChildren(...all.map((child) => fitting(child, wanted)).filter(Boolean));
    select.value = chosen;
    const fits = [...select.querySelectorAll("optgroup option")];
    if (wanted && fits.length === 1) select.value = fits[0].value;
    else if (select.selectedIndex < 0) select.selectedIndex = 0;
  });
  select.before(label, line);
}

// A site keeps all its wards when its own name fits; what is no place always stays.
function fitting(child, wanted) {
  const copy = child.cloneNode(true);
  if (!wanted || copy.tagName !== "OPTGROUP" || copy.label.toLocaleLowerCase().includes(wanted)) return copy;
  for (const option of [...copy.children]) {
    if (!option.textContent.toLocaleLowerCase().includes(wanted)) option.remove();
  }
  return copy.children.length ? copy : null;
}
