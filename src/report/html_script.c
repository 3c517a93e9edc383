/*
 * html_script.c - the script of the HTML report: sorting and filtering, nothing else.
 *
 * The page is whole without it. No line holds < or &, so that the page is XML, too.
 * html_script_digest is of these lines: a test tells the new one after a change.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/html.h"

const char html_script_digest[] = "Y6HJ2PnEIhCdcfSwFrETd7Rj5tKuh9rIuVN/awvtTWc=";

/* clang-format off */
const char *const html_script_lines[] = {
	"\"use strict\";",
	"(function () {",
	("  var order = [\"clean\", \"low\", \"unknown\", \"medium\", \"high\", \"critical\""
	    "];"),
	"  function each(list, visit) { Array.prototype.forEach.call(list, visit); }",
	"  function cell(row, column) { return row.children[column].textContent; }",
	"  function value(row, column) {",
	("    var text = cell(row, column), level = order.indexOf(text), number = Number(tex"
	    "t);"),
	"    if (level >= 0) { return level; }",
	"    if (text === \"\" || text === \"-\") { return -Infinity; }",
	"    return isNaN(number) ? text.toLowerCase() : number;",
	"  }",
	"  function compare(a, b) {",
	"    if (typeof a !== typeof b) { return typeof a === \"number\" ? -1 : 1; }",
	"    return a === b ? 0 : a > b ? 1 : -1;",
	"  }",
	"  function sort(table, column) {",
	("    var heads = table.tHead.rows[0].children, head = heads[column], body = table.t"
	    "Bodies[0];"),
	"    var down = head.getAttribute(\"aria-sort\") === \"ascending\", rows;",
	"    rows = Array.prototype.map.call(body.rows, function (row, index) {",
	"      return { row: row, key: value(row, column), index: index };",
	"    });",
	"    rows.sort(function (a, b) {",
	"      var result = compare(a.key, b.key);",
	"      if (result === 0) { return a.index - b.index; }",
	"      return down ? -result : result;",
	"    });",
	"    each(heads, function (other) { other.removeAttribute(\"aria-sort\"); });",
	"    head.setAttribute(\"aria-sort\", down ? \"descending\" : \"ascending\");",
	"    rows.forEach(function (entry) { body.appendChild(entry.row); });",
	"  }",
	"  each(document.querySelectorAll(\"table.sortable\"), function (table) {",
	"    each(table.tHead.rows[0].children, function (head, column) {",
	"      var button = document.createElement(\"button\");",
	"      button.type = \"button\";",
	"      button.title = \"Sort by this column\";",
	"      button.textContent = head.textContent;",
	"      head.textContent = \"\";",
	"      head.appendChild(button);",
	"      button.addEventListener(\"click\", function () { sort(table, column); });",
	"    });",
	"  });",
	"  function filter(tools, scope) {",
	"    var words = tools.querySelector(\"input\").value.toLowerCase();",
	"    var level = tools.querySelector(\"select\").value, shown = 0, all = 0;",
	"    each(scope, function (table) {",
	"      var left = 0;",
	"      each(table.tBodies[0].rows, function (row) {",
	"        var good = level === \"any\" || cell(row, 1) === level;",
	("        if (good) { good = words === \"\" || row.textContent.toLowerCase().include"
	    "s(words); }"),
	"        row.classList.toggle(\"off\", !good);",
	"        all += 1;",
	"        left += good ? 1 : 0;",
	"      });",
	"      if (table.parentNode.className.includes(\"chunk\")) {",
	"        table.parentNode.classList.toggle(\"off\", left === 0);",
	"      }",
	"      shown += left;",
	"    });",
	("    tools.querySelector(\"output\").textContent = shown + \" of \" + all + \" show"
	    "n\";"),
	"  }",
	"  each(document.querySelectorAll(\".tools\"), function (tools) {",
	("    var target = document.getElementById(tools.getAttribute(\"data-for\")), wait ="
	    " 0;"),
	("    var scope = target.tagName === \"TABLE\" ? [target] : target.querySelectorAll("
	    "\"table.files\");"),
	"    function soon() {",
	"      clearTimeout(wait);",
	"      wait = setTimeout(function () { filter(tools, scope); }, 150);",
	"    }",
	"    tools.querySelector(\"output\").setAttribute(\"aria-live\", \"polite\");",
	"    tools.querySelector(\"input\").addEventListener(\"input\", soon);",
	"    tools.querySelector(\"select\").addEventListener(\"change\", soon);",
	"    tools.hidden = false;",
	"  });",
	"}());",
	NULL,
};
/* clang-format on */
