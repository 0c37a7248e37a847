// Search as one types, on this page alone: the articles stand in articles-<language>.js (a file:// page may not fetch).
// Words are folded as the program folds them (umlauts as two letters, no accents); each typed word must begin a word of
// the article, or be one typing error away from one.
"use strict";
(function () {
  const field = document.getElementById("words");
  const found = document.getElementById("found");
  const said = document.getElementById("said");
  const all = document.getElementById("all");
  const data = window.HALLDESK_ARTICLES;
  if (!field || !data) { return; }
  const UMLAUTS = { "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l" };
  function fold(text) {
    return text.normalize("NFC").toLowerCase().replace(/[äöüßæøœł]/g, function (c) { return UMLAUTS[c]; })
      .normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }
  function words(text) { return fold(text).match(/[\p{L}\p{N}]+/gu) || []; }
  const articles = data.articles.map(function (a) {
    return { a: a, title: words(a.title), names: words(a.names), text: Array.from(new Set(words(a.text))) };
  });
  // One letter missing, too much, wrong, or two swapped; of a word's beginning, because words are typed from there.
  function near(typed, word) {
    if (typed.length < 4 || Math.abs(typed.length - word.length) > 1 && word.length < typed.length) { return false; }
    let i = 0;
    while (i < typed.length && typed[i] === word[i]) { i += 1; }
    const rest = typed.slice(i), other = word.slice(i);
    return other.startsWith(rest.slice(1)) || other.slice(1).startsWith(rest) ||
      other.slice(1).startsWith(rest.slice(1)) ||
      rest.length > 1 && other.startsWith(rest[1] + rest[0] + rest.slice(2));
  }
  function points(typed, entry) {
    let best = 0;
    [[entry.title, 8], [entry.names, 4], [entry.text, 1]].forEach(function (part) {
      part[0].forEach(function (word) {
        let p = 0;
        if (word === typed) { p = 3 * part[1]; }
        else if (word.startsWith(typed)) { p = 2 * part[1]; }
        else if (typed.length > 3 && word.includes(typed)) { p = part[1]; }
        else if (near(typed, word)) { p = part[1] / 2; }
        best = Math.max(best, p);
      });
    });
    return best;
  }
  function marked(into, text, typed) {
    text.split(/([\p{L}\p{N}]+)/u).forEach(function (piece) {
      const folded = fold(piece);
      if (folded && typed.some(function (t) { return folded.includes(t); })) {
        const mark = document.createElement("mark");
        mark.textContent = piece;
        into.append(mark);
      } else { into.append(piece); }
    });
  }
  function excerpt(text, typed) {
    const pieces = text.split(/(?<=[.!?:;])\s+|\n+/);
    const hit = pieces.findIndex(function (p) {
      const w = words(p);
      return typed.some(function (t) { return w.some(function (x) { return x.startsWith(t); }); });
    });
    const cut = pieces.slice(Math.max(hit, 0)).join(" ");
    return cut.length > 180 ? cut.slice(0, 180).replace(/\s+\S*$/, "") + "…" : cut;
  }
  function search() {
    const typed = words(field.value);
    found.replaceChildren();
    all.hidden = typed.length > 0;
    if (!typed.length) { said.textContent = ""; return; }
    const hits = articles.map(function (entry) {
      const each = typed.map(function (t) { return points(t, entry); });
      return { entry: entry, score: each.includes(0) ? 0 : each.reduce(function (x, y) { return x + y; }, 0) };
    }).filter(function (hit) { return hit.score > 0; });
    hits.sort(function (x, y) { return y.score - x.score || x.entry.a.title.localeCompare(y.entry.a.title); });
    said.textContent = hits.length ? data.count.replace("{n}", hits.length) : data.nothing;
    hits.slice(0, 30).forEach(function (hit) {
      const item = document.createElement("li"), link = document.createElement("a");
      const text = document.createElement("p");
      link.href = hit.entry.a.page;
      marked(link, hit.entry.a.title, typed);
      marked(text, excerpt(hit.entry.a.text, typed), typed);
      item.append(link, text);
      found.append(item);
    });
  }
  field.addEventListener("input", search);
  document.getElementById("search").addEventListener("submit", function (event) {
    event.preventDefault();
    const first = found.querySelector("a");
    if (first) { first.focus(); }
  });
  search();
}());
