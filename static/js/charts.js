// Walks along a chart with keys or a finger. The words are those of the table that follows it.

const place = () => document.getElementById("chart");

function wordsAt(number) {
  const table = place().querySelector("#numbers-table table");
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent);
  const [when, ...cells] = [...table.tBodies[0].rows[number].cells].map((cell) => cell.textContent);
  return [`${heads[0]} ${when}`, ...cells.map((cell, n) => `${heads[n + 1]}: ${cell}`)].join(". ");
}

function show(range) {
  const number = Number(range.value);
  const said = wordsAt(number);
  range.setAttribute("aria-valuetext", said);
  place().querySelector("[data-said]").textContent = said;
  place().querySelectorAll("svg[data-stops]").forEach((svg) => {
    const cursor = svg.querySelector(".c-cursor");
    const x = svg.dataset.stops.split(" ")[number];
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.removeAttribute("visibility");
  });
}

/** The stop that is nearest to a tap. */
function nearest(svg, clientX) {
  const box = svg.getBoundingClientRect();
  const x = ((clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  const away = svg.dataset.stops.split(" ").map((stop) => Math.abs(stop - x));
  return away.indexOf(Math.min(...away));
}

function begin() {
  const reader = place()?.querySelector("[data-reader]");
  if (!reader) return;
  reader.hidden = false;
  reader.querySelector("input").setAttribute("aria-valuetext", wordsAt(Number(reader.querySelector("input").value)));
}

document.addEventListener("input", (event) => {
  if (event.target.closest("[data-reader]")) show(event.target);
});
document.addEventListener("click", (event) => {
  const svg = event.target.closest("svg[data-stops]");
  const range = svg && place().querySelector("[data-reader] input");
  if (!range) return;
  range.value = nearest(svg, event.clientX);
  show(range);
});
document.addEventListener("htmx:afterSettle", begin);

begin();
