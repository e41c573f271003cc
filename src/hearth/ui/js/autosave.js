// A draft is on the server at most 4 seconds after a change. Without a connection it stays on the device until there is one.
const PAUSE = 4000;

const keyOf = (field) => `draft ${field.dataset.autosaveUrl}`;

const say = (field, words) => {
  const said = document.getElementById(field.dataset.autosaveSaid);
  if (said && said.textContent !== words) said.textContent = words;
};

const remember = (field) => {
  try {
    localStorage.setItem(keyOf(field), field.value);
  } catch {
    // No room on the device, or storage is switched off: the server copy has to do.
  }
};

const forget = (field) => {
  try {
    localStorage.removeItem(keyOf(field));
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
};

const send = async (field) => {
  const form = field.form;
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(field.dataset.autosaveUrl, { method: "POST", body, keepalive: true, headers: { "X-Autosave": "1" } });
    if (!answer.ok) throw new Error(String(answer.status));
    forget(field);
    say(field, field.dataset.saved);
  } catch {
    remember(field);
    say(field, field.dataset.kept);
  }
};

const timers = new WeakMap();

const changed = (field) => {
  say(field, "");
  if (timers.has(field)) return;
  timers.set(field, setTimeout(() => {
    timers.delete(field);
    send(field);
  }, PAUSE));
};

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-autosave-url]")) changed(event.target);
});

document.addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll("[data-autosave-url]")) {
    clearTimeout(timers.get(field));
    timers.delete(field);
    forget(field);
  }
});

for (const field of document.querySelectorAll("[data-autosave-url]")) {
  let kept = null;
  try {
    kept = localStorage.getItem(keyOf(field));
  } catch {
    // Storage is switched off.
  }
  if (kept && kept !== field.value) {
    field.value = kept;
    changed(field);
  }
}

addEventListener("online", () => {
  for (const field of document.querySelectorAll("[data-autosave-url]")) changed(field);
});
