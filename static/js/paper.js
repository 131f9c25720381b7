// A week from paper, typed as one row of digits: after each number the cursor goes on by itself.

/**
 * What stands in a field after a digit was typed: its own text, whether it is complete, and the digit
 * that begins the next one. A one may become a ten, so it waits for what follows.
 */
export function taken(text) {
  if (text === "1" || text === "") return { own: text, isFull: false };
  if (text.length === 1 || text === "10") return { own: text, isFull: true };
  if (text[0] === "1" && text.length === 2) return { own: "1", isFull: true, rest: text[1] };
  return { own: text, isFull: false }; // a fault: it stays in sight
}

function start(form) {
  const fields = [...form.querySelectorAll("input[type=number]")];
  const goal = form.querySelector("input[type=radio]");

  function go(from, rest = "") {
    const next = fields[fields.indexOf(from) + 1];
    (next ?? goal).focus();
    if (!next || !rest) return;
    next.value = rest;
    settle(next);
  }

  function settle(field) {
    const { own, isFull, rest } = taken(field.value);
    if (field.value !== own) field.value = own;
    if (isFull) go(field, rest);
  }

  for (const field of fields) {
    field.addEventListener("focus", () => field.select());
    field.addEventListener("input", ({ inputType = "" }) => inputType.startsWith("insert") && settle(field));
    field.addEventListener("keydown", (event) => {
      const before = fields[fields.indexOf(field) - 1];
      if (event.key !== "Backspace" || field.value || !before) return;
      event.preventDefault();
      before.focus();
    });
  }
  form.querySelector("[data-goes-on]").hidden = false;
}

const form = globalThis.document?.querySelector("form[data-paper]");
if (form) start(form);
