// The page behind the player.

/** What only a script can do is shown, and what stands in for it is hidden. */
export function turnOn(page) {
  page.querySelectorAll("[data-without-script]").forEach((item) => (item.hidden = true));
  page.querySelectorAll("[data-with-script]").forEach((item) => (item.hidden = false));
}

/** What stands below the start comes one after the other: together it keeps a slow phone busy. */
export async function unveil(parts) {
  for (const item of parts) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    item.toggleAttribute("data-shown", true);
  }
}
