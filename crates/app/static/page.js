// Enhancements only: every page works without this file.
// Ranges and their number fields show the same value.
document.addEventListener("input", (event) => {
  const twin = event.target.dataset && event.target.dataset.twin;
  if (twin) {
    document.getElementById(twin).value = event.target.value;
  }
});
