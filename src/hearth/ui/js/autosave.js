// A draft is on the server at most 4 seconds after a change. Without a connection it stays on the device until there is one.
const PAUSE = 4000;
const timers = new WeakMap();

// Two people may share a device: each one's drafts are kept under each one's own name.
const keyOf = (field) => `draft ${document.documentElement.dataset.reader} ${field.dataset.autosaveUrl}`;
const underway = new WeakMap();
const drafts = (within) => within.querySelectorAll("[data-autosave-url]");

const say = (field, words) => {
  const said = document.getElementById(field.dataset.autosaveSaid);
  if (said && said.textContent !== words) said.textContent = words;
};

// Storage may be full or switched off: then the copy on the server has to do.
const onDevice = (action) => {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
};

const written = (field) => {
  const words = [...new FormData(field.form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(words);
};

const send = async (field) => {
  const sending = new AbortController();
  underway.set(field, sending);
  try {
    const answer = await fetch(field.dataset.autosaveUrl, { method: "POST", body: written(field), signal: sending.signal });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    onDevice((device) => device.removeItem(keyOf(field)));
    say(field, field.dataset.saved);
  } catch {
    if (sending.signal.aborted) return;
    onDevice((device) => device.setItem(keyOf(field), field.value));
    say(field, field.dataset.kept);
  }
};

const stop = (field) => {
  const waiting = timers.has(field);
  clearTimeout(timers.get(field));
  timers.delete(field);
  return waiting;
};

const changed = (field) => {
  if (timers.has(field)) return;
  timers.set(field, setTimeout(() => {
    timers.delete(field);
    send(field);
  }, PAUSE));
};

document.addEventListener("input", (event) => {
  if (!event.target.form) return;
  for (const field of drafts(event.target.form)) changed(field);
});

// What is sent needs no draft, and one that is still underway must not bring it back. The copy on the device stays until
// the next page shows that the words arrived: it stands there under "sent" and is dropped once the field comes back empty.
document.addEventListener("submit", (event) => {
  for (const field of drafts(event.target)) {
    stop(field);
    underway.get(field)?.abort();
    onDevice((device) => device.getItem(keyOf(field)) && sessionStorage.setItem(keyOf(field), field.value));
  }
  if (event.target.matches('[action$="/sign-out/"]')) {
    onDevice((device) => Object.keys(device).filter((key) => key.startsWith("draft ")).forEach((key) => device.removeItem(key)));
  }
});

// The page goes away with something unsaved: the browser sends it on its own.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const field of drafts(document)) {
    if (stop(field)) navigator.sendBeacon(field.dataset.autosaveUrl, written(field));
  }
});

for (const field of drafts(document)) {
  const kept = onDevice((device) => device.getItem(keyOf(field)));
  const sent = onDevice(() => sessionStorage.getItem(keyOf(field)));
  onDevice(() => sessionStorage.removeItem(keyOf(field)));
  if (sent && kept && sent.includes(kept) && !field.value.trim()) {
    onDevice((device) => device.removeItem(keyOf(field)));
    continue;
  }
  if (!kept || field.value.includes(kept)) continue;
  // What the server has may be newer, written elsewhere: both stay, and the person decides.
  field.value = field.value.trim() ? `${field.value}\n\n${kept}` : kept;
  changed(field);
}

addEventListener("online", () => {
  for (const field of drafts(document)) changed(field);
});
