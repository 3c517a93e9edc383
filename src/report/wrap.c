/* wrap.c - words in lines of a given width. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/wrap.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "report/escape.h"
#include "report/utf8.h"

void
wrap_start(struct wrap *wrap, FILE *out, unsigned width, unsigned indent, unsigned column)
{
	wrap->out = out;
	wrap->width = width > indent + 10 ? width : indent + 10;
	wrap->indent = indent;
	wrap->column = column;
	wrap->fresh = true;
	wrap->space = false;
	wrap->word_columns = 0;
	wrap->word_len = 0;
}

static void
new_line(struct wrap *wrap)
{
	fprintf(wrap->out, "\n%*s", (int)wrap->indent, "");
	wrap->column = wrap->indent;
	wrap->fresh = true;
}

/* Print the word held back, on a new line when it does not fit on this one. */
static void
flush(struct wrap *wrap)
{
	bool space = wrap->space && !wrap->fresh;

	if (wrap->word_len == 0)
		return;
	if (wrap->column + space + wrap->word_columns > wrap->width &&
	    wrap->column > wrap->indent) {
		new_line(wrap);
		space = false;
	}
	if (space)
		putc(' ', wrap->out);
	fwrite(wrap->word, 1, wrap->word_len, wrap->out);
	wrap->column += space + wrap->word_columns;
	wrap->fresh = false;
	wrap->space = false;
	wrap->word_len = 0;
	wrap->word_columns = 0;
}

/* One shown character more for the word; a word longer than a line is broken where the line
 * ends. */
static void
put_unit(struct wrap *wrap, const char *unit, size_t len, unsigned columns)
{
	if (wrap->word_columns + columns > wrap->width - wrap->indent ||
	    wrap->word_len + len > sizeof wrap->word)
		flush(wrap);
	memcpy(wrap->word + wrap->word_len, unit, len);
	wrap->word_len += len;
	wrap->word_columns += columns;
}

void
wrap_text(struct wrap *wrap, const char *text)
{
	struct slice s = slice_str(text);

	for (size_t pos = 0; pos < s.len;) {
		uint32_t code = 0;
		size_t len = utf8_next(s, pos, &code);

		if (code == ' ' && len == 1) {
			flush(wrap);
			wrap->space = true;
		} else if (len > 0 && utf8_shows(code)) {
			put_unit(wrap, text + pos, len, utf8_columns(code));
		} else {
			struct escaped escaped = escape_next(s, pos);

			put_unit(wrap, escaped.text, strlen(escaped.text), escaped.columns);
		}
		pos += len > 0 ? len : 1;
	}
}

void
wrap_bytes(struct wrap *wrap, struct slice s)
{
	for (size_t pos = 0; pos < s.len;) {
		struct escaped escaped = escape_next(s, pos);

		put_unit(wrap, escaped.text, strlen(escaped.text), escaped.columns);
		pos += escaped.taken;
	}
}

void
wrap_print(struct wrap *wrap, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	wrap_text(wrap, text);
}

void
wrap_end(struct wrap *wrap)
{
	flush(wrap);
	putc('\n', wrap->out);
}
