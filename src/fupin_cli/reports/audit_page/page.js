/* Opens the page of a rule that a link points to, and every folded part while the page is printed. */
(function () {
  "use strict";
  function open() {
    var part = null;
    try { part = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { return; }
    if (part && part.tagName === "DETAILS") {
      part.open = true;
      part.scrollIntoView();
      if (!("scrollMarginTop" in part.style)) { window.scrollBy(0, -48); } // Chromium before 69
    }
  }
  var opened = [];
  window.addEventListener("hashchange", open);
  window.addEventListener("beforeprint", function () {
    Array.prototype.forEach.call(document.querySelectorAll("details.rule:not([open]), details.more:not([open])"), function (part) {
      part.open = true;
      opened.push(part);
    });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
    opened = [];
  });
  open();
}());
