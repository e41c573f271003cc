// A part of the page follows what others do (components/live.html). What it promises:
// What is new shows within about a second; while somebody writes, chooses or marks words here, it waits behind a button.
// What was written stays: it is put back, or saved before anything goes; focus, place and open parts stay as well.
// Only a number is heard; the part is fetched as any page is. If that is refused, the page is loaded anew and says why.
// Without a connection it says so after ten seconds, keeps trying, and misses nothing. Who looks elsewhere listens to nothing.
const SPREAD = 700;
const LOST_AFTER = 10000;
// The server speaks every 20 seconds; a line that is silent for longer is dead, even if nobody said so.
const SILENT = 50000;
// Small changes follow each other closely; a screen reader tells of them no more often than this.
const TOLD_EVERY = 20000;
const REFUSED = [401, 403, 404, 410];
const FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=reset]), textarea, select";
const TICKS = "[type=checkbox], [type=radio]";
const POPOVERS = CSS.supports("selector(:popover-open)") ? ", :popover-open" : "";

// Something is in the reader's hand: a pressed pointer, a dragged thing.
const hand = { pressed: false, dragged: false };
for (const [kind, change] of Object.entries({
  pointerdown: { pressed: true }, pointerup: { pressed: false }, pointercancel: { pressed: false }, contextmenu: { pressed: false },
  dragstart: { dragged: true }, dragend: { dragged: false },
})) addEventListener(kind, () => Object.assign(hand, change), { capture: true, passive: true });

const changed = (field) => {
  if (field.matches(TICKS)) return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (!field.options) return field.value !== field.defaultValue;
  const chosen = [...field.options].filter((one) => one.defaultSelected);
  return !(chosen.length ? chosen : [field.options[0]]).every((one) => one?.selected);
};

const written = (part) => [...part.querySelectorAll(FIELDS)].filter(changed);

const writing = (part) => {
  const active = document.activeElement;
  const marked = getSelection();
  return (part.contains(active) && (active.isContentEditable || active.matches(`:is(${FIELDS}):not(${TICKS})`)))
    || written(part).length > 0 || document.querySelector(`dialog[open]${POPOVERS}`)
    || (marked.rangeCount > 0 && !marked.isCollapsed && marked.getRangeAt(0).intersectsNode(part));
};

// The same thing before and after: by its id, or by what it is and says, and its place among those that are alike.
const looks = (one) => [
  one.type, one.name, one.getAttribute("href"), one.form?.getAttribute("action"),
  one.matches(`a, summary, button, ${TICKS}`) ? `${one.value} ${one.textContent.trim()}` : "",
].join("|");
const alike = (tag, look, within) => [...within.querySelectorAll(tag)].filter((one) => looks(one) === look);
const mark = (one, within) => ({ one, look: looks(one), place: alike(one.tagName, looks(one), within).indexOf(one) });
const twin = ({ one, look, place }, within) => (
  one.id ? within.querySelector(`#${CSS.escape(one.id)}`) : alike(one.tagName, look, within)[place]
);

const put = (field, into) => {
  if (field.type === "file") into.replaceWith(field);
  else if (field.options) {
    const chosen = [...field.selectedOptions].map((one) => one.value);
    for (const one of into.options) one.selected = chosen.includes(one.value);
  } else Object.assign(into, field.matches(TICKS) ? { checked: field.checked } : { value: field.value });
  // The draft goes on being kept (autosave.js).
  into.dispatchEvent(new Event("input", { bubbles: true }));
};

const save = async (field) => {
  const words = new URLSearchParams([...new FormData(field.form)].filter(([, value]) => typeof value === "string"));
  const answer = await fetch(field.dataset.autosaveUrl, { method: "POST", body: words });
  if (!answer.ok || answer.redirected) throw new Error("not saved");
};

const focusOn = (part) => {
  const place = part.querySelector("h1, h2, h3, h4") ?? part;
  place.tabIndex = -1;
  place.focus();
};

const headlines = (part) => [...part.querySelectorAll("h1, h2")].map((one) => one.textContent.trim());

// The button lies above the page: whoever writes just there still sees the own words.
const uncover = (bar) => {
  const field = document.activeElement?.getBoundingClientRect();
  const { top, height } = bar.getBoundingClientRect();
  if (height && document.activeElement.matches(FIELDS) && field.bottom > top && field.top < top + height) {
    scrollBy({ top: field.bottom - top + 8, behavior: "instant" });
  }
};

const exchange = (part, html) => {
  const active = document.activeElement;
  const marked = (one) => one && mark(one, part);
  const held = active !== part && part.contains(active) ? marked(active) : null;
  const anchor = marked([...part.querySelectorAll("[id]")].find((one) => one.getBoundingClientRect().top >= 0));
  const top = anchor?.one.getBoundingClientRect().top;
  const words = written(part).map(marked);
  const unfolded = [...part.querySelectorAll("details[open] > summary")].map(marked);
  part.innerHTML = html;
  window.htmx?.process(part);
  for (const one of words) if (twin(one, part)) put(one.one, twin(one, part));
  for (const one of unfolded) twin(one, part)?.parentElement.setAttribute("open", "");
  const next = anchor && twin(anchor, part);
  if (next) scrollBy({ top: next.getBoundingClientRect().top - top, behavior: "instant" });
  if (!held) return;
  const again = twin(held, part);
  if (again) again.focus({ preventScroll: true });
  else focusOn(part);
};

const follow = (start) => {
  const { id } = start;
  const part = () => document.getElementById(id);
  const says = document.querySelector(`[data-live-of="${id}"]`);
  const said = says.querySelector(".live-said");
  const fresh = says.querySelector(".live-new");
  let shown = Number(start.dataset.liveNumber);
  let newest = shown;
  let source, silent, lost, planned, fetching, pressed, tries = 0, told = -TOLD_EVERY;

  // Read out by screen readers; on the screen stands only what is amiss.
  const say = (words, seen = false) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = words; }, 100);
    said.classList.toggle("visually-hidden", !seen);
  };

  // A new headline is told by its words, and what was said about the step before goes.
  const tell = (before) => {
    const headline = headlines(part()).find((one) => !before.includes(one));
    if (headline) {
      document.getElementById("messages")?.replaceChildren();
      say(headline);
    } else if (performance.now() - told > TOLD_EVERY) say(says.dataset.shown);
    else return;
    told = performance.now();
  };

  const missing = () => { lost ??= setTimeout(() => { lost = true; say(says.dataset.lost, true); }, LOST_AFTER); };

  const connected = () => {
    if (lost === true) say(says.dataset.back);
    clearTimeout(lost);
    lost = null;
  };

  const plan = (wait) => { planned ??= setTimeout(() => { planned = null; show(); }, wait); };

  const offer = () => {
    if (!fresh.hidden) return;
    say(fresh.textContent.trim());
    fresh.hidden = false;
    uncover(fresh);
  };

  // Words whose place is gone: a draft must be safe on the server, others stay on the page.
  const keep = async (words, next) => {
    for (const field of words.filter((one) => !twin(mark(one, part()), next))) {
      if (field.dataset.autosaveUrl) await save(field);
      else if (field.value && !field.matches(`select, ${TICKS}, [type=file]`)) {
        const line = Object.assign(document.createElement("p"), { className: "notice", dir: "auto" });
        line.textContent = `${says.dataset.kept} ${field.value}`;
        part().before(line);
      }
    }
  };

  const arrive = async (html, heard, asked) => {
    if (!asked && writing(part())) return offer();
    if (hand.pressed || hand.dragged) return plan(SPREAD);
    const next = document.createElement("div");
    next.innerHTML = html;
    if (asked) await keep(written(part()), next);
    const before = headlines(part());
    exchange(part(), html);
    shown = heard;
    fresh.hidden = true;
    tell(before);
    if (asked) focusOn(part());
  };

  // asked: somebody pressed the button. doubtful: no number was heard, but it may be that this reader may see no more.
  const show = async ({ asked = false, doubtful = false } = {}) => {
    if (fetching) pressed ||= asked;
    if (fetching || !part() || (!asked && !doubtful && newest <= shown)) return;
    if (!asked && !doubtful && writing(part())) { offer(); return; }
    if (part().querySelector(".htmx-request")) { plan(SPREAD); return; }
    fetching = true;
    const heard = newest;
    try {
      const answer = await fetch(part().dataset.livePart, { headers: { "HX-Request": "true", "HX-Target": id }, cache: "no-store" });
      if (answer.redirected || REFUSED.includes(answer.status)) {
        if (asked || !writing(part())) location.reload();
        else offer();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      connected();
      if (newest > shown || asked) await arrive(await answer.text(), heard, asked);
    } catch {
      missing();
      plan(2000 + Math.random() * SPREAD);
    } finally {
      fetching = false;
    }
    if (pressed) {
      pressed = false;
      show({ asked: true });
    } else if (newest > shown && fresh.hidden) plan(Math.random() * SPREAD);
  };

  const close = () => {
    clearTimeout(silent);
    source?.close();
  };

  const open = () => {
    close();
    if (document.visibilityState === "hidden" || !part()) return;
    source = new EventSource(part().dataset.live);
    const wait = () => {
      clearTimeout(silent);
      silent = setTimeout(() => { missing(); open(); }, SILENT);
    };
    const heard = () => {
      connected();
      tries = 0;
      wait();
    };
    wait();
    source.onopen = heard;
    source.onmessage = (event) => {
      heard();
      newest = Math.max(newest, Number(event.data));
      if (newest > shown) plan(Math.random() * SPREAD);
    };
    source.onerror = () => {
      missing();
      if (source.readyState !== EventSource.CLOSED) return;
      // Not cut off but refused: by a server that is starting, or because this reader may listen no more.
      if (tries > 0) show({ doubtful: true });
      clearTimeout(silent);
      silent = setTimeout(open, Math.min(60000, 2000 * 2 ** tries++) * (0.5 + Math.random()));
    };
  };

  const rest = () => {
    close();
    if (lost !== true) connected();
  };

  // Before htmx hears of it, which would exchange the part without a look at what is written there.
  fresh.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    show({ asked: true });
  }, true);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : open()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && open());
  addEventListener("online", open);
  addEventListener("offline", missing);
  open();
};

if (window.EventSource) document.querySelectorAll('[data-live]:not([data-live=""])').forEach(follow);
