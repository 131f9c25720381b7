// The page's side of the service worker: registered, and told whose device it is.

/** Sends a message to the worker, if there is one, and waits until it has done what it says. */
export async function tellWorker(message) {
  const registration = await navigator.serviceWorker?.getRegistration?.("/");
  if (!registration?.active) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((resolve) => {
    port1.onmessage = resolve;
    setTimeout(resolve, 3000);
  });
  registration.active.postMessage(message, [port2]);
  await done;
}

async function register(person) {
  const registration = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
  const active = await navigator.serviceWorker.ready;
  const isForced = location.pathname.startsWith("/session/");
  active.active?.postMessage({ type: "belong", person, isForced }, []);
  // A new version waits while a session is open; the worker itself looks at all windows.
  const offer = (worker) => worker?.state === "installed" && registration.active && worker.postMessage({ type: "update" });
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => offer(worker));
  });
}

export function startWorker(person) {
  if ("serviceWorker" in navigator) register(person).catch(() => undefined);
}
