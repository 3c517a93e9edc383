/*
 * charset_names.c - the charset names that mailers write, and what each means.
 *
 * Names: IANA's list, Windows code pages, and the x- names of Netscape, Eudora, Internet Mail and
 * News and the Macintosh mailers. A row without a converter is a charset that exists but that the
 * C library cannot convert: known, unchecked.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include <string.h>

#include "message.h"

#define NAME_MAX_LEN 60 /* longer names are in no list */

/* clang-format off */
static const struct charset charsets[] = {
	{ "ISO-8859-1", CHARSET_ANY,
	    " 88591 cp819 csisolatin1 ibm819 iso88591 iso885911987 iso88591e "
	    "iso88591i iso88591windows30latin1 iso88591windows31latin1 isoir100 "
	    "isolatin1 l1 latin1 " },
	{ "ISO-8859-2", CHARSET_SINGLE,
	    " 88592 csisolatin2 iso88592 iso885921987 iso88592windowslatin2 isoir101 "
	    "l2 latin2 " },
	{ "ISO-8859-3", CHARSET_SINGLE, " csisolatin3 iso88593 iso885931988 isoir109 l3 latin3 " },
	{ "ISO-8859-4", CHARSET_SINGLE, " csisolatin4 iso88594 iso885941988 isoir110 l4 latin4 " },
	{ "ISO-8859-5", CHARSET_SINGLE,
	    " csisolatincyrillic cyrillic iso88595 iso885951988 isoir144 " },
	{ "ISO-8859-6", CHARSET_SINGLE,
	    " arabic asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 "
	    "iso88596 iso885961987 iso88596e iso88596i isoir127 " },
	{ "ISO-8859-7", CHARSET_SINGLE,
	    " csisolatingreek ecma118 elot928 greek greek8 iso88597 iso885971987 "
	    "isoir126 " },
	{ "ISO-8859-8", CHARSET_SINGLE,
	    " csiso88598e csiso88598i csisolatinhebrew hebrew iso88598 iso885981988 "
	    "iso88598e iso88598i isoir138 " },
	{ "ISO-8859-9", CHARSET_SINGLE,
	    " csisolatin5 iso88599 iso885991989 iso88599windowslatin5 isoir148 l5 "
	    "latin5 " },
	{ "ISO-8859-10", CHARSET_SINGLE,
	    " csisolatin6 iso885910 iso8859101992 isoir157 l6 latin6 " },
	{ "ISO-8859-11", CHARSET_SINGLE, " iso885911 " },
	{ "ISO-8859-13", CHARSET_SINGLE, " iso885913 isoir179 l7 latin7 " },
	{ "ISO-8859-14", CHARSET_SINGLE,
	    " iso885914 iso8859141998 isoceltic isoir199 l8 latin8 " },
	{ "ISO-8859-15", CHARSET_SINGLE,
	    " csiso885915 csisolatin9 iso885915 iso8859151998 isoir203 l9 latin9 " },
	{ "ISO-8859-16", CHARSET_SINGLE, " iso885916 iso8859162001 isoir226 l10 latin10 " },
	{ "", CHARSET_ASCII,
	    " ansix341968 ansix341986 ascii cp367 csascii ibm367 iso646irv "
	    "iso646irv1991 iso646us isoir6 us usascii xusascii " },
	{ "", CHARSET_ANY,
	    " adobestandardencoding adobesymbolencoding amiga1251 bocu1 cesu8 cp720 "
	    "csunknown8bit din66003 dos720 hplegal hpmath8 ibm720 isoir87 "
	    "jisc62261978 jisx0201 jisx02081983 jisx02121990 ns45511 scsu sen850200b "
	    "unknown8bit utfebcdic venturaus viqr xchinesecns xchineseeten xeuropa "
	    "xia5 xia5german xia5norwegian xia5swedish xisciias xisciibe xisciide "
	    "xisciigu xisciika xisciima xisciior xisciipa xisciita xisciite "
	    "xmacarabic xmaccroatian xmacdevanagari xmacdingbats xmacfarsi xmacgreek "
	    "xmacgujarati xmacgurmukhi xmachebrew xmacromanian xmacsymbol xmacthai "
	    "xmacturkish xroman8 xuserdefined xvietvni xvietvps " },
	{ "CP1250", CHARSET_SINGLE, " cp1250 msee win1250 windows1250 xcp1250 " },
	{ "CP1251", CHARSET_SINGLE, " cp1251 mscyrl win1251 windows1251 xcp1251 " },
	{ "CP1252", CHARSET_ANY, " cp1252 msansi win1252 windows1252 xansi1252 xcp1252 " },
	{ "CP1253", CHARSET_SINGLE, " cp1253 msgreek win1253 windows1253 xcp1253 " },
	{ "CP1254", CHARSET_SINGLE, " cp1254 msturk win1254 windows1254 xcp1254 " },
	{ "CP1255", CHARSET_SINGLE, " cp1255 mshebr win1255 windows1255 xcp1255 " },
	{ "CP1256", CHARSET_SINGLE, " cp1256 msarab win1256 windows1256 xcp1256 " },
	{ "CP1257", CHARSET_SINGLE, " cp1257 win1257 winbaltrim windows1257 xcp1257 " },
	{ "CP1258", CHARSET_SINGLE, " cp1258 win1258 windows1258 xcp1258 " },
	{ "CP874", CHARSET_SINGLE, " cp874 dos874 ibm874 win874 windows874 xwindows874 " },
	{ "TIS-620", CHARSET_SINGLE, " isoir166 tis620 tis6202533 tis62025331 xtis620 " },
	{ "KOI8-R", CHARSET_SINGLE, " cskoi8r koi koi8 koi8r " },
	{ "KOI8-U", CHARSET_SINGLE, " koi8ru koi8u " },
	{ "KOI8-T", CHARSET_SINGLE, " koi8t " },
	{ "PT154", CHARSET_SINGLE, " cp154 csptcp154 pt154 ptcp154 " },
	{ "RK1048", CHARSET_SINGLE, " kz1048 rk1048 strk10482002 " },
	{ "ECMA-CYRILLIC", CHARSET_SINGLE, " cskoi8e ecmacyrillic isoir111 koi8e " },
	{ "IBM437", CHARSET_SINGLE, " 437 cp437 cspc8codepage437 dos437 ibm437 xcp437 " },
	{ "CP737", CHARSET_SINGLE, " cp737 dos737 ibm737 " },
	{ "CP775", CHARSET_SINGLE, " cp775 cspc775baltic dos775 ibm775 " },
	{ "IBM850", CHARSET_SINGLE, " 850 cp850 cspc850multilingual dos850 ibm850 pc850 xcp850 " },
	{ "IBM851", CHARSET_SINGLE, " cp851 ibm851 " },
	{ "IBM852", CHARSET_SINGLE, " 852 cp852 cspcp852 dos852 ibm852 xcp852 " },
	{ "IBM855", CHARSET_SINGLE, " 855 cp855 csibm855 dos855 ibm855 " },
	{ "IBM856", CHARSET_SINGLE, " cp856 ibm856 " },
	{ "IBM857", CHARSET_SINGLE, " 857 cp857 csibm857 dos857 ibm857 " },
	{ "IBM858", CHARSET_SINGLE, " ccsid00858 cp858 dos858 ibm00858 ibm858 " },
	{ "IBM860", CHARSET_SINGLE, " 860 cp860 csibm860 dos860 ibm860 " },
	{ "IBM861", CHARSET_SINGLE, " 861 cp861 cpis csibm861 dos861 ibm861 " },
	{ "IBM862", CHARSET_SINGLE, " 862 cp862 cspc862latinhebrew dos862 ibm862 " },
	{ "IBM863", CHARSET_SINGLE, " 863 cp863 csibm863 dos863 ibm863 " },
	{ "IBM864", CHARSET_SINGLE, " cp864 csibm864 dos864 ibm864 " },
	{ "IBM865", CHARSET_SINGLE, " 865 cp865 csibm865 dos865 ibm865 " },
	{ "IBM866", CHARSET_SINGLE, " 866 cp866 csibm866 dos866 ibm866 xcp866 " },
	{ "IBM869", CHARSET_SINGLE, " 869 cp869 cpgr csibm869 dos869 ibm869 " },
	{ "CP1125", CHARSET_SINGLE, " cp1125 ibm848 ruscii " },
	{ "IBM037", CHARSET_SINGLE, " cp037 csibm037 ebcdiccpca ebcdiccpus ibm037 " },
	{ "IBM273", CHARSET_SINGLE, " cp273 ibm273 " },
	{ "IBM277", CHARSET_SINGLE, " cp277 ibm277 " },
	{ "IBM278", CHARSET_SINGLE, " cp278 ibm278 " },
	{ "IBM280", CHARSET_SINGLE, " cp280 ibm280 " },
	{ "IBM284", CHARSET_SINGLE, " cp284 ibm284 " },
	{ "IBM285", CHARSET_SINGLE, " cp285 ibm285 " },
	{ "IBM297", CHARSET_SINGLE, " cp297 ibm297 " },
	{ "IBM500", CHARSET_SINGLE, " cp500 ebcdiccpbe ebcdiccpch ibm500 " },
	{ "IBM871", CHARSET_SINGLE, " cp871 ibm871 " },
	{ "IBM1026", CHARSET_SINGLE, " cp1026 ibm1026 " },
	{ "IBM1047", CHARSET_SINGLE, " cp1047 ibm1047 " },
	{ "MACINTOSH", CHARSET_SINGLE,
	    " appleroman csmacintosh mac macintosh macroman xmacintosh xmacroman "
	    "xmacus " },
	{ "MAC-CENTRALEUROPE", CHARSET_SINGLE,
	    " macce xmacce xmaccentraleurope xmaccentraleurroman xmaclatin2 " },
	{ "CP10007", CHARSET_SINGLE, " maccyrillic xmaccyrillic xmacuk xmacukrainian " },
	{ "MAC-IS", CHARSET_SINGLE, " macis xmacicelandic " },
	{ "", CHARSET_SJIS, " xmacjapanese " },
	{ "", CHARSET_EUC_KR, " xmackorean " },
	{ "", CHARSET_GBK, " xmacchinesesimp " },
	{ "", CHARSET_BIG5, " xmacchinesetrad " },
	{ "HP-ROMAN8", CHARSET_SINGLE, " cshproman8 hproman8 r8 roman8 " },
	{ "VISCII", CHARSET_SINGLE, " csviscii viscii viscii111 " },
	{ "TCVN5712-1", CHARSET_SINGLE, " tcvn tcvn5712 tcvn57121 tcvn571211993 " },
	{ "GEORGIAN-PS", CHARSET_SINGLE, " georgianps " },
	{ "GEORGIAN-ACADEMY", CHARSET_SINGLE, " georgianacademy " },
	{ "ARMSCII-8", CHARSET_SINGLE, " armscii8 " },
	{ "CP932", CHARSET_SJIS,
	    " cp932 csshiftjis cswindows31j ibm932 ibm943 ms932 mskanji shiftjis "
	    "shiftjis2004 sjis sjiswin windows31j windows932 xmscp932 xshiftjis xsjis " },
	{ "EUC-JP-MS", CHARSET_EUC_JP,
	    " cp51932 cseucpkdfmtjapanese eucjp eucjpms eucjpwin "
	    "extendedunixcodepackedformatforjapanese ujis xeuc xeucjp " },
	{ "CP949", CHARSET_EUC_KR,
	    " cp949 cseuckr csksc56011987 euckr isoir149 korean ksc5601 ksc56011987 "
	    "ksc56011989 ksx1001 ms949 uhc windows949 xeuckr xwindows949 " },
	{ "JOHAB", CHARSET_JOHAB, " cp1361 johab ms1361 " },
	{ "BIG5-HKSCS", CHARSET_BIG5,
	    " big5 big5eten big5hk big5hkscs big5hkscs1999 bigfive cnbig5 cp950 cp951 "
	    "csbig5 ms950 tcabig5 windows950 xbig5 xxbig5 " },
	{ "EUC-TW", CHARSET_EUC_TW, " cns11643 euctw xeuctw " },
	{ "GBK", CHARSET_GBK,
	    " chinese cngb cp936 csgb2312 csgbk csiso58gb231280 euccn gb2312 "
	    "gb231219800 gb231280 gbk hzgb isoir58 ms936 windows936 xeuccn xgb2312 "
	    "xgbk " },
	{ "GB18030", CHARSET_GBK, " cp54936 csgb18030 gb18030 gb180302000 windows54936 " },
	{ "GBK", CHARSET_HZ, " hz hzgb2312 " },
	{ "ISO-2022-JP-2", CHARSET_ISO2022_JP,
	    " cp50220 cp50221 cp50222 csiso2022jp csiso2022jp2 csjisencoding "
	    "iso2022jp iso2022jp1 iso2022jp2 iso2022jp2004 iso2022jp3 iso2022jpms jis "
	    "jis7 jisencoding xiso2022jp " },
	{ "ISO-2022-KR", CHARSET_ISO2022_KR, " cp50225 csiso2022kr iso2022kr " },
	{ "ISO-2022-CN-EXT", CHARSET_ISO2022_CN,
	    " cp50227 csiso2022cn iso2022cn iso2022cnext xcp50227 " },
	{ "UTF-8", CHARSET_UTF8,
	    " cp65001 csutf8 unicode11utf8 unicode20utf8 utf8 utf8mb4 utf8n "
	    "xunicode20utf8 xutf8 " },
	{ "UTF-7", CHARSET_UTF7,
	    " cp65000 csunicode11utf7 csutf7 unicode11utf7 unicode20utf7 unicode7 "
	    "utf7 xunicode20utf7 xutf7 " },
	{ "UTF-16", CHARSET_ICONV, " csunicode csutf16 unicode utf16 " },
	{ "UTF-16BE", CHARSET_ICONV,
	    " csunicode11 csutf16be iso10646ucs2 ucs2 ucs2be unicode11 unicodebig "
	    "unicodefffe utf16be " },
	{ "UTF-16LE", CHARSET_ICONV, " csutf16le ucs2le unicodefeff unicodelittle utf16le " },
	{ "UTF-32", CHARSET_ICONV, " csutf32 utf32 " },
	{ "UTF-32BE", CHARSET_ICONV, " iso10646ucs4 ucs4 ucs4be utf32be " },
	{ "UTF-32LE", CHARSET_ICONV, " ucs4le utf32le " },
	{ "DEC-MCS", CHARSET_SINGLE, " csdecmcs dec decmcs " },
	{ "", CHARSET_ANY, " next nextstep " },
	{ "INIS", CHARSET_SINGLE, " inis " },
	{ "ISO_6937", CHARSET_ICONV, " iso6937 iso69372add isoir156 " },
	{ "T.61-8BIT", CHARSET_ICONV, " isoir103 t61 t618bit " },
	{ "ISO-IR-197", CHARSET_SINGLE, " isoir197 " },
	{ "ISO-IR-209", CHARSET_SINGLE, " isoir209 " },
};
/* clang-format on */

const struct charset *
charset_table(size_t *count)
{
	*count = sizeof charsets / sizeof charsets[0];
	return charsets;
}

/* Fold a name as the table has it, between blanks; false when it cannot be in the table. */
static bool
fold_name(struct slice name, char *folded)
{
	size_t len = 0;

	if (name.len > NAME_MAX_LEN)
		return false;
	folded[len++] = ' ';
	for (size_t i = 0; i < name.len; i++) {
		unsigned char byte = byte_lower(name.data[i]);

		if (byte_is_alpha(byte) || byte_is_digit(byte))
			folded[len++] = (char)byte;
		else if (byte == '\0' || !strchr("-_.:+", byte))
			return false;
	}
	folded[len++] = ' ';
	folded[len] = '\0';
	return len > 2;
}

const struct charset *
charset_find(struct slice name)
{
	char folded[NAME_MAX_LEN + 3];

	if (!fold_name(slice_trim(name), folded))
		return NULL;
	for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++)
		if (strstr(charsets[i].names, folded))
			return &charsets[i];
	return NULL;
}

bool
charset_is_dbcs(const struct charset *charset)
{
	return charset->form >= CHARSET_SJIS && charset->form <= CHARSET_ISO2022_CN;
}

bool
charset_name_is_dbcs(struct slice name)
{
	const struct charset *charset = charset_find(name);

	return charset && charset_is_dbcs(charset);
}

bool
charset_is_iso2022(const struct charset *charset)
{
	return charset->form >= CHARSET_ISO2022_JP && charset->form <= CHARSET_ISO2022_CN;
}
