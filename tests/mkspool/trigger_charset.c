/* trigger_charset.c - damaged double-byte text that has hurt the store. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "encode.h"
#include "kinds.h"

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof *(list)))

static void
vary_mailer(struct scene *s, unsigned variant)
{
	s->mailer = mailer_at(variant * 5 + 4);
}

/* Q282796: a lead byte with a trail byte that no table has, or a set left in mid-character. */
static void
dbcs_body(struct scene *s, unsigned variant, struct item *item)
{
	static const struct {
		enum foreign set;
		const char *bad;
	} forms[] = { { SHIFT_JIS, "\203\041" }, { EUC_KR, "\276\060" }, { BIG5, "\261\040" },
		{ GB2312, "\304\041" }, { SHIFT_JIS, "\345\377" }, { ISO_2022_JP, "\033$B$" },
		{ EUC_JP, "\244\101" }, { EUC_KR, "\310\377" }, { BIG5, "\267\200" },
		{ GB2312, "\273\377" }, { ISO_2022_JP, "\033$B\044\377\033(B" },
		{ SHIFT_JIS, "\202\020\202\030" } };
	unsigned row = (variant - 1) % COUNT(forms);
	enum foreign set = forms[row].set;
	bool escaped = set == ISO_2022_JP;
	static const char *const encodings[] = { "8bit", "base64", "quoted-printable" };
	struct buf *text = foreign_text(s, set, 600 + variant * 90u);
	size_t at = buf_find(text, text->len / 2, "\r\n");
	struct entity made;

	vary_mailer(s, variant);
	buf_insert(text, at + 2, "\r\n", 2);
	buf_insert(text, at + 2, forms[row].bad, strlen(forms[row].bad));
	made = entity_text(s, variant % 4 ? "text/plain" : "text/html", foreign_charset(set),
	    escaped ? "7bit" : encodings[variant % 3], text);
	made = place(s, made, variant);
	item_finish(s, item, &made);
}

/* The words of a name, cut so that its last character lacks its second byte. */
static struct buf *
name_cut(struct scene *s, enum foreign set)
{
	struct buf *words = foreign_words(s, set), *again;

	while (words->len < 8) {
		again = foreign_words(s, set);
		buf_cat(words, again);
	}
	if (set == ISO_2022_JP) {
		words->len = 3 + 9;
		buf_str(words, "\033(B");
	} else if (set == EUC_KR) {
		for (size_t i = 0; i < words->len;) {
			if (words->data[i] < 0x80)
				buf_cut(words, i, 1);
			else
				i++;
		}
		words->len = 7; /* Three syllables and a lead byte. */
	} else {
		words->len = 8;
		buf_byte(words, set == SHIFT_JIS ? 0x83 : 0xb1);
	}
	return words;
}

/* Q266638: a display name that ends on a lead byte. */
static void
dbcs_name(struct scene *s, unsigned variant, struct item *item)
{
	static const enum foreign sets[] = { SHIFT_JIS, ISO_2022_JP, EUC_KR, BIG5, GB2312 };
	static const enum field fields[] = { F_FROM, F_TO, F_CC, F_FROM, F_REPLY_TO };
	enum foreign set = sets[variant % COUNT(sets)];
	struct buf *name = name_cut(s, set), *value = pool_buf(&s->pool);
	enum field field = fields[variant / 2 % COUNT(fields)];

	vary_mailer(s, variant);
	if (variant % 6 == 5 && set != ISO_2022_JP) {
		buf_byte(value, '"');
		buf_cat(value, name);
		buf_byte(value, '"');
	} else if (variant % 2) {
		encode_word_q(value, foreign_charset(set), name->data, name->len);
	} else {
		encode_word(value, foreign_charset(set), name->data, name->len);
	}
	buf_fmt(value, " <%s>",
	    field == F_FROM ? item->letter.from.address : item->letter.to[0].address);
	item->letter.field[field] = value;
	struct entity made =
	    entity_text(s, "text/plain", foreign_charset(set), "base64", foreign_text(s, set, 500));
	item_finish(s, item, &made);
}

/* Q235219: Japanese text with a long run of empty lines. */
static void
dbcs_crlf_run(struct scene *s, unsigned variant, struct item *item)
{
	static const unsigned runs[] = { 128, 130, 160, 200, 300, 512, 1024, 2048, 2049, 3000, 4096,
		8192 };
	struct buf *text = foreign_text(s, ISO_2022_JP, 400), *run = pool_buf(&s->pool);
	size_t at = buf_find(text, text->len / 3, "\r\n");
	struct entity made;

	vary_mailer(s, variant);
	for (unsigned i = 0; i < runs[(variant - 1) % COUNT(runs)]; i++)
		buf_str(run, "\r\n");
	buf_insert(text, variant % 4 ? at + 2 : text->len, run->data, run->len);
	made = entity_text(s, variant % 5 ? "text/plain" : "text/html",
	    variant % 2 ? "iso-2022-jp" : "ISO-2022-JP", variant % 3 ? "7bit" : NULL, text);
	made = place(s, made, variant);
	item_finish(s, item, &made);
}

static const struct recipe rows[] = {
	{ "dbcs-damaged-body", "Q282796", WAY_IN, 12, dbcs_body,
	    "An illegal double-byte character." },
	{ "dbcs-damaged-name", "Q266638", WAY_IN, 12, dbcs_name,
	    "A display name ending on a lead byte." },
	{ "dbcs-crlf-run", "Q235219", WAY_IN, 12, dbcs_crlf_run,
	    "iso-2022-jp with 128 or more empty lines." },
};

struct recipe_list
triggers_charset(void)
{
	return (struct recipe_list){ rows, COUNT(rows) };
}
