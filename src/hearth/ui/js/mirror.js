// What is typed into a field shows at once where it will stand: <strong data-mirror="id of the field" data-mirror-empty="…">.
document.addEventListener("input", ({ target }) => {
  for (const place of document.querySelectorAll(`[data-mirror="${CSS.escape(target.id)}"]`)) {
    place.textContent = target.value.trim() || place.dataset.mirrorEmpty;
  }
});
