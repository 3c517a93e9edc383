/* foreign.c - short phrases in the charsets of the day, every byte legal. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "scene.h"

/* How the stored bytes become the charset's own. */
enum coding { AS_STORED, JIS_ESCAPED, JIS_SHIFTED, JIS_HIGH, KS_SHIFTED };

#define N_PHRASES 5

struct foreign_row {
	const char *charset;
	enum coding coding;
	const char *phrases[N_PHRASES];
};

/* Greeting, a meeting at three, the shipping plan is attached, please confirm, regards. Japanese is
 * held as JIS X 0208 pairs, Korean as KS X 1001 in EUC. */
#define JAPANESE                                                                                   \
	{                                                                                          \
		"\0443\044s\044K\044A\044O\041\043",                                               \
		    "K\134F\174\044N2q5D\044O8a8"                                                  \
		    "e\0730\073\176\044\053\044i\044G\0449\041\043",                               \
		    "\073qNA\044rE\072IU\0447\044\136\0449\044N"                                   \
		    "\044G\04443NG\047\044\057\044\100\0445\044\044\041\043",                      \
		    "Mh\0755\044N\075P2YM\075Dj\044K\044D\044"                                     \
		    "\044\044F\044\052CN\044i\044\073\0447\044\136\0449\041\043",                  \
		    "\044h\044m\0447\044\057\044\0524j\044"                                        \
		    "\044\044\044\044\077\0447\044\136\0449\041\043"                               \
	}
#define KOREAN                                                                                     \
	{                                                                                          \
		"\276\310\263\347\307\317\274\274\277\344",                                        \
		    "\310\270\300\307\264\302 \277\300\310\304 \274\274 "                          \
		    "\275\303\277\241 \275\303\300\333\307\325\264\317\264\331.",                  \
		    "\303\267\272\316\307\321 \300\332\267\341\270\246 \310"                       \
		    "\256\300\316\307\330 \301\326\275\312\275\303\277\300.",                      \
		    "\264\331\300\275 \301\326 \303\342\307\317 \260\350\310\271"                  \
		    "\300\273 \276\313\267\301 \265\345\270\263\264\317\264\331.",                 \
		    "\260\250\273\347\307\325\264\317\264\331."                                    \
	}
#define RUSSIAN_1251                                                                               \
	{                                                                                          \
		"\304\356\341\360\373\351 \344\345\355\374",                                       \
		    "\321\356\341\360\340\355\350\345 \355\340\367\355\270"                        \
		    "\362\361\377 \342 \362\360\350 \367\340\361\340",                             \
		    "\302\356 \342\353\356\346\345\355\350\350 "                                   \
		    "\357\353\340\355 \356\362\343\360\363\347\352\350",                           \
		    "\317\360\356\370\363 \357\356\344\362\342\345\360"                            \
		    "\344\350\362\374 \357\356\353\363\367\345\355\350\345",                       \
		    "\321 \363\342\340\346\345\355\350\345\354"                                    \
	}
#define RUSSIAN_KOI8                                                                               \
	{                                                                                          \
		"\344\317\302\322\331\312 \304\305\316\330",                                       \
		    "\363\317\302\322\301\316\311\305 \316\301\336\316\305"                        \
		    "\324\323\321 \327 \324\322\311 \336\301\323\301",                             \
		    "\367\317 \327\314\317\326\305\316\311\311 "                                   \
		    "\320\314\301\316 \317\324\307\322\325\332\313\311",                           \
		    "\360\322\317\333\325 \320\317\304\324\327\305\322"                            \
		    "\304\311\324\330 \320\317\314\325\336\305\316\311\305",                       \
		    "\363 \325\327\301\326\305\316\311\305\315"                                    \
	}

static const struct foreign_row rows[N_FOREIGN] = {
	[ISO_2022_JP] = { "iso-2022-jp", JIS_ESCAPED, JAPANESE },
	[SHIFT_JIS] = { "shift_jis", JIS_SHIFTED, JAPANESE },
	[EUC_JP] = { "euc-jp", JIS_HIGH, JAPANESE },
	[ISO_2022_KR] = { "iso-2022-kr", KS_SHIFTED, KOREAN },
	[EUC_KR] = { "euc-kr", AS_STORED, KOREAN },
	[BIG5] = { "big5", AS_STORED,
	    { "\261z\246n", "\267\174\304\263\247\357\250\354\244U\244\310\244T\302I\266\175\251l",
		"\252\376\245\363\254O\244U\266g\252\272\245X\263f\255p\265e",
		"\275\320\275T\273\173\244\247\253\341\246\136\302\320", "\301\302\301\302" } },
	[GB2312] = { "gb2312", AS_STORED,
	    { "\304\372\272\303",
		"\273\341\322\351\270\304\265\275\317\302\316\347\310\375\265\343\277\252\312\274",
		"\270\275\274\376\312\307\317\302\326\334\265\304\267\242\273\365\274\306\273\256",
		"\307\353\310\267\310\317\326\256\272\363\273\330\270\264", "\320\273\320\273" } },
	[WINDOWS_1251] = { "windows-1251", AS_STORED, RUSSIAN_1251 },
	[KOI8_R] = { "koi8-r", AS_STORED, RUSSIAN_KOI8 },
	[WINDOWS_1250] = { "windows-1250", AS_STORED,
	    { "Dobr\375 den", "porada za\350\355n\341 ve t\370i hodiny odpoledne",
		"v p\370\355loze je pl\341n dod\341vek na p\370\355\232t\355 t\375den",
		"pros\355m o potvrzen\355", "s pozdravem" } },
	[WINDOWS_1253] = { "windows-1253", AS_STORED,
	    { "\312\341\353\347\354\335\361\341",
		"\347 \363\375\363\352\345\370\347 \341\361\367\337"
		"\346\345\351 \363\364\351\362 \364\361\345\351\362",
		"\363\364\335\353\355\371 \364\357 \363\367\335\344\351\357",
		"\360\341\361\341\352\341\353\376", "\345\365\367\341\361\351\363\364\376" } },
	[WINDOWS_1255] = { "windows-1255", AS_STORED,
	    { "\371\354\345\355",
		"\344\351\371\351\341\344 \356\372\347\351\354\344 \341\371\354\345\371",
		"\356\366\345\370\364\372 \372\345\353\360"
		"\351\372 \344\356\371\354\345\347\351\355",
		"\360\340 \354\340\371\370", "\372\345\343\344" } },
	[WINDOWS_1254] = { "windows-1254", AS_STORED,
	    { "G\374nayd\375n", "toplant\375 saat \374\347te ba\376l\375yor",
		"ekte gelecek haftan\375n sevkiyat plan\375 var", "l\374tfen onaylay\375n",
		"te\376ekk\374rler" } },
	[ISO_8859_1] = { "iso-8859-1", AS_STORED,
	    { "Bonjour", "la r\351union commence \340 trois heures",
		"le planning des exp\351ditions est joint", "merci de confirmer la r\351ception",
		"\340 bient\364t" } },
	[WINDOWS_1252] = { "windows-1252", AS_STORED,
	    { "Guten Tag", "die Besprechung f\344ngt um drei Uhr an",
		"anbei der Plan f\374r die n\344chste Woche", "bitte best\344tigen Sie den Empfang",
		"mit freundlichen Gr\374\337en" } },
};

const char *
foreign_charset(enum foreign which)
{
	return rows[which].charset;
}

/* JIS X 0208 row and cell to Shift_JIS (row pairs share a lead byte). */
static void
shift_pair(struct buf *out, unsigned row, unsigned cell)
{
	unsigned lead = (row - 0x21) / 2 + 0x81;

	buf_byte(out, (unsigned char)(lead > 0x9f ? lead + 0x40 : lead));
	if (row % 2)
		buf_byte(out, (unsigned char)(cell + (cell < 0x60 ? 0x1f : 0x20)));
	else
		buf_byte(out, (unsigned char)(cell + 0x7e));
}

/* Hangul between SO and SI, the rest as it is. */
static void
shift_out(struct buf *out, const char *stored)
{
	bool out_set = false;

	for (; *stored; stored++) {
		bool high = (*stored & 0x80) != 0;

		if (high != out_set)
			buf_byte(out, high ? 0x0e : 0x0f);
		out_set = high;
		buf_byte(out, (unsigned char)(*stored & 0x7f));
	}
	if (out_set)
		buf_byte(out, 0x0f);
}

static void
phrase(struct buf *out, enum foreign which, unsigned i)
{
	const char *stored = rows[which].phrases[i];

	switch (rows[which].coding) {
	case AS_STORED:
		buf_str(out, stored);
		break;
	case JIS_ESCAPED:
		buf_fmt(out, "\033$B%s\033(B", stored);
		break;
	case JIS_SHIFTED:
		for (; *stored; stored += 2)
			shift_pair(out, (unsigned char)stored[0], (unsigned char)stored[1]);
		break;
	case JIS_HIGH:
		for (; *stored; stored++)
			buf_byte(out, (unsigned char)(*stored | 0x80));
		break;
	case KS_SHIFTED:
		shift_out(out, stored);
		break;
	}
}

struct buf *
foreign_text(struct scene *s, enum foreign which, size_t size)
{
	struct buf *out = pool_buf(&s->pool);

	if (rows[which].coding == KS_SHIFTED)
		buf_str(out, "\033$)C");
	phrase(out, which, 0);
	buf_str(out, "\r\n\r\n");
	do {
		phrase(out, which, rng_between(&s->rng, 1, 3));
		buf_str(out, "\r\n");
		if (rng_percent(&s->rng, 20))
			buf_fmt(out, "\r\n(%u)\r\n", rng_between(&s->rng, 1, 999));
	} while (out->len < size);
	buf_str(out, "\r\n");
	phrase(out, which, 4);
	buf_str(out, "\r\n");
	return out;
}

struct buf *
foreign_words(struct scene *s, enum foreign which)
{
	struct buf *out = pool_buf(&s->pool);

	if (rows[which].coding == KS_SHIFTED)
		buf_str(out, "\033$)C");
	phrase(out, which, rng_below(&s->rng, N_PHRASES));
	return out;
}
