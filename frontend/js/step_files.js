// Checks chosen files in the page: nobody should send a large one, or choose all of them again, to hear that one is wrong.
const MOST_FILES = 5;
const MOST_BYTES = 25 * 1024 * 1024;
const MOST_TOGETHER_BYTES = 100 * 1024 * 1024;
const OFFICE = /\.(docx?|xlsx?|pptx?|od[tsp]|rtf)$/i;

// The server looks at what a file holds. Only what neither its name nor its type lets us expect is refused sooner.
function isExpected({ name, type }, accept) {
  const [ending] = name.toLowerCase().match(/\.[^.]+$/) || [""];
  return !ending || type.startsWith("text/") || accept.split(",").some((one) => one === ending || one === type);
}

function wordsFor(file, accept, { filesLarge, filesOffice, filesType }) {
  if (OFFICE.test(file.name)) return filesOffice;
  if (!isExpected(file, accept)) return filesType;
  return file.size > MOST_BYTES ? filesLarge : "";
}

export function findFileProblems(group) {
  const field = group.querySelector("input");
  const files = [...field.files];
  const { filesMany, filesTogether } = group.dataset;
  if (files.length > MOST_FILES) return [{ group, field, text: filesMany }];
  const found = files.map((file) => wordsFor(file, field.accept, group.dataset).replace("{name}", () => file.name));
  const together = files.reduce((sum, file) => sum + file.size, 0);
  if (!found.some(Boolean) && together > MOST_TOGETHER_BYTES) found.push(filesTogether);
  return found.filter(Boolean).map((text) => ({ group, field, text }));
}
