// htmx keeps silent when an answer is an error. Here a page for an error (4xx, 5xx) takes the place of this one,
// and a form that came back with errors (422) is exchanged like any answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { status } = event.detail.xhr;
  if (status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (status >= 400) {
    document.documentElement.innerHTML = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").documentElement.innerHTML;
    document.querySelector("h1")?.setAttribute("tabindex", "-1");
    document.querySelector("h1")?.focus();
  }
});
