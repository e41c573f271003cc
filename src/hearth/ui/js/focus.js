// After a part of the page was exchanged, the focus goes to its error summary or heading, never to the top of the page.
const place = (part) => part.querySelector("[data-focus]") ?? part.querySelector("h1, h2, h3, h4");

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  if (!part || part.contains(document.activeElement) || part.hasAttribute("data-keep-focus")) return;
  const target = part.matches("[data-focus]") ? part : place(part);
  if (!target) return;
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus();
});

// Browsers differ in whether `autofocus` works on a summary that is not a field.
addEventListener("load", () => {
  if (document.activeElement === document.body) document.querySelector("[data-focus]")?.focus();
});
