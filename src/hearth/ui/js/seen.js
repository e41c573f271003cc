// Whoever has come to the end of what is new has read it: the button says so by itself. Without JavaScript one presses it.
const send = (form) => fetch(form.action, {
  method: "POST",
  body: new URLSearchParams(new FormData(form)),
  keepalive: true,
  headers: { "X-Quiet": "1" },
}).catch(() => {
  // No connection: the conversation stays new, and the button is still there.
});

const watch = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    watch.unobserve(entry.target);
    send(entry.target);
  }
});

for (const form of document.querySelectorAll("form[data-seen]")) watch.observe(form);
