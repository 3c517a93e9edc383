/*
 * filetype.c - what decoded bodies and foreign files are; the one user of libmagic.
 *
 * Our table (signatures.c) decides; libmagic is asked about the head of what the table does not
 * know, and for a second opinion before a part is said to be mislabelled. Its slow and deep readers
 * are off: text (regular expressions take seconds on line ends), archives, CDF and ELF.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "body.h"
#include "declared.h"
#include "parser.h"

#define HEAD 4096u
#define STUB_MAX 4096u /* bytes of a text without a header that still counts as a stub */
#define MEMO_SIZE 64u
#define QUESTIONS 200u /* to libmagic about one message: 200 of its answers take 0.1 s at most */
#define MAGIC_FLAGS                                                                                \
	(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF |    \
	    MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_TOKENS |                 \
	    MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_APPTYPE)

/* An answer of libmagic and the very bytes it was about: the same attachment comes again and
 * again. */
struct memo {
	uint64_t hash;
	size_t len;
	enum filetype type;
	unsigned char head[HEAD];
};

/* Opened by warm() before the sandbox, read-only ever after; a worker has one thread. The memo
 * changes no answer, because libmagic's depends on the head alone. */
static struct {
	magic_t magic;
	char bundled[4096]; /* path, where a bundle has one */
	char version[16];
	const char *database; /* NULL: none found */
	struct memo memo[MEMO_SIZE];
} library; /* NOLINT(cppcoreguidelines-avoid-non-const-global-variables) */

struct mime_name {
	const char *starts;
	enum filetype type;
};

/* clang-format off */
static const struct mime_name mime_names[] = {
	{ "image/gif", FILETYPE_GIF }, { "image/jpeg", FILETYPE_JPEG },
	{ "image/png", FILETYPE_PNG },
	{ "image/bmp", FILETYPE_BMP }, { "image/x-ms-bmp", FILETYPE_BMP },
	{ "image/", FILETYPE_OTHER },
	{ "audio/", FILETYPE_AUDIO }, { "video/", FILETYPE_VIDEO }, { "text/html", FILETYPE_HTML },
	{ "text/rtf", FILETYPE_RTF }, { "text/", FILETYPE_TEXT }, { "message/", FILETYPE_MAIL },
	{ "application/pdf", FILETYPE_PDF }, { "application/postscript", FILETYPE_PS },
	{ "application/zip", FILETYPE_ZIP }, { "application/x-tar", FILETYPE_ARCHIVE },
	{ "application/gzip", FILETYPE_ARCHIVE }, { "application/x-bzip2", FILETYPE_ARCHIVE },
	{ "application/x-rar", FILETYPE_ARCHIVE }, { "application/x-arc", FILETYPE_ARCHIVE },
	{ "application/x-arj", FILETYPE_ARCHIVE }, { "application/x-lzh", FILETYPE_ARCHIVE },
	{ "application/x-stuffit", FILETYPE_ARCHIVE }, { "application/x-zoo", FILETYPE_ARCHIVE },
	{ "application/x-cpio", FILETYPE_ARCHIVE }, { "application/x-compress", FILETYPE_ARCHIVE },
	{ "application/vnd.ms-cab-compressed", FILETYPE_ARCHIVE },
	{ "application/applefile", FILETYPE_APPLE }, { "application/vnd.ms-tnef", FILETYPE_TNEF },
	/* x-dosexec is left out: a few bytes of random data earn it, and ours checks the header. */
	{ "application/x-dosexec", FILETYPE_UNKNOWN },
	{ "application/octet-stream", FILETYPE_UNKNOWN },
	{ "application/vnd.microsoft.portable-executable", FILETYPE_EXE },
	{ "application/x-executable", FILETYPE_EXE }, { "application/", FILETYPE_OTHER },
};
/* clang-format on */

static uint64_t
hash_of(struct slice head)
{
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ head.len, word;

	for (size_t i = 0; i < head.len; i += sizeof word) {
		struct slice eight = slice_cut(head, i, sizeof word);

		word = 0;
		memcpy(&word, eight.data, eight.len);
		hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	return hash;
}

static enum filetype
type_of_mime(const char *mime)
{
	for (size_t i = 0; mime && i < sizeof mime_names / sizeof *mime_names; i++)
		if (strncmp(mime, mime_names[i].starts, strlen(mime_names[i].starts)) == 0)
			return mime_names[i].type;
	return FILETYPE_UNKNOWN;
}

static enum filetype
ask_libmagic(struct slice head, unsigned *questions)
{
	uint64_t hash = hash_of(head);
	struct memo *memo = &library.memo[hash % MEMO_SIZE];

	if (!library.magic || head.len == 0 || head.len > HEAD || *questions == 0)
		return FILETYPE_UNKNOWN;
	--*questions; /* also where the memo knows: what came before must change nothing */
	if (memo->hash == hash && memo->len == head.len &&
	    memcmp(memo->head, head.data, head.len) == 0)
		return memo->type;
	memo->hash = hash;
	memo->len = head.len;
	memcpy(memo->head, head.data, head.len);
	memo->type = type_of_mime(magic_buffer(library.magic, head.data, head.len));
	return memo->type;
}

static bool
is_in(enum filetype type, uint32_t set)
{
	return (set & 1u << type) != 0;
}

/* Types that an honest label of another kind never covers. */
static bool
can_accuse(enum filetype type)
{
	switch (type) {
	case FILETYPE_EXE:
	case FILETYPE_ZIP:
	case FILETYPE_OLE:
	case FILETYPE_PDF:
	case FILETYPE_GIF:
	case FILETYPE_JPEG:
	case FILETYPE_PNG:
	case FILETYPE_BMP:
	case FILETYPE_TNEF:
	case FILETYPE_AUDIO:
	case FILETYPE_VIDEO:
	case FILETYPE_ARCHIVE:
		return true;
	default:
		return false;
	}
}

static void
check_leaf(struct message *msg, struct arena *arena, int index, unsigned *questions)
{
	struct part *part = &msg->parts[index];
	struct slice head = slice_cut(part->decoded, 0, HEAD);
	uint32_t declared = declared_types(part);
	uint32_t named = named_types(part);
	enum filetype opinion;
	bool weak;

	/* .dat is anybody's, not of TNEF alone. */
	if (declared && named && named != 1u << FILETYPE_TNEF && !(declared & named))
		message_fact_at(
		    msg, arena, FACT_NAME_DISAGREES, index, part->type.field, part->name_place, 0);
	part->filetype = signature_of(head, &weak);
	if (part->filetype == FILETYPE_UNKNOWN) {
		if (!part_is(part, "text", NULL))
			part->filetype = ask_libmagic(head, questions);
		return;
	}
	if (declared == 0 || weak || !can_accuse(part->filetype) ||
	    is_in(part->filetype, declared) || is_in(part->filetype, named))
		return;
	opinion = ask_libmagic(head, questions);
	if (opinion != FILETYPE_OTHER && is_in(opinion, declared))
		return;
	body_fact(msg, arena, FACT_TYPE_DISAGREES, index, 0, head.len < 16 ? head.len : 16,
	    part->filetype);
}

/* A file of another kind in the place of a message: a virus scanner's stub, a stray document. */
/* Whether over a twentieth of the first bytes are control bytes that no text has. */
static bool
is_noise(struct slice head)
{
	size_t n = 0;

	for (size_t i = 0; i < head.len; i++)
		n += byte_is_control(head.data[i]) && !byte_is_space(head.data[i]) &&
		     head.data[i] != 0x1b;
	return n * 20 > head.len;
}

static void
check_whole(struct message *msg, struct arena *arena)
{
	struct slice text = msg->lines.text;
	bool headless = msg->n_parts == 0 || msg->parts[0].n_fields == 0, weak;
	enum filetype type = signature_of(slice_cut(text, 0, HEAD), &weak);
	bool foreign = can_accuse(type) && !weak;

	if (headless && type == FILETYPE_UNKNOWN)
		foreign = is_noise(slice_cut(text, 0, HEAD));
	else if (headless)
		foreign = foreign || (type != FILETYPE_EMPTY && type != FILETYPE_UNKNOWN &&
					 (type != FILETYPE_TEXT || text.len <= STUB_MAX));
	if (foreign)
		message_fact_at(msg, arena, FACT_FILE_IS_NOT_MAIL, -1, -1,
		    slice_cut(text, 0, type == FILETYPE_TEXT ? text.len : 16), type);
}

static void
parse(struct message *msg, struct arena *arena)
{
	unsigned questions = QUESTIONS;

	check_whole(msg, arena);
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].kind == PART_LEAF)
			check_leaf(msg, arena, (int)i, &questions);
}

/* The compiled database of the system, never one that MAGIC or HOME name: the same machine gives the
 * same report whoever asks. Plain text rules beside it (/etc/magic) are left out, so that the
 * database's digest says all. */
static const char *const databases[] = {
	"/usr/share/misc/magic.mgc", /* Debian */
	"/usr/lib/file/magic.mgc",
	"/usr/share/file/magic.mgc",
	"/usr/local/share/misc/magic.mgc",
};

/* A bundle brings loader and database along: where the program runs by a loader that lies in a lib
 * folder with a share folder beside it, as no system's does, that database is the one. */
static bool
find_bundled(void)
{
	static const char place[] = "/../share/misc/magic.mgc";
	const size_t room = sizeof library.bundled - sizeof place;
	const ssize_t len = readlink("/proc/self/exe", library.bundled, room);
	char *slash;

	if (len <= 0 || (size_t)len >= room)
		return false;
	library.bundled[len] = '\0';
	slash = strrchr(library.bundled, '/');
	if (!slash || strncmp(slash, "/ld-", 4) != 0)
		return false;
	memcpy(slash, place, sizeof place);
	if (access(library.bundled, R_OK) != 0)
		return false;
	library.database = library.bundled;
	return true;
}

static bool
find_database(void)
{
	if (find_bundled())
		return true;
	for (size_t i = 0; i < sizeof databases / sizeof *databases; i++) {
		if (access(databases[i], R_OK) != 0)
			continue;
		library.database = databases[i];
		return true;
	}
	return false;
}

static void
write_version(void)
{
	unsigned version = (unsigned)magic_version(); /* 544 is 5.44 */
	char *out = library.version;

	*out++ = (char)('0' + version / 100 % 10);
	*out++ = '.';
	*out++ = (char)('0' + version / 10 % 10);
	*out++ = (char)('0' + version % 10);
	*out = '\0';
}

static bool
warm(void)
{
	static const char *const samples[] = { "plain words\n", "\177ELF\002\001\001",
		"RIFF....WAVEfmt ", "\x01\x02\x03\x04\x05\x06\x07\x80\x90\xff" };
	unsigned questions = QUESTIONS;

	if (library.magic)
		return true;
	if (!find_database())
		return false;
	library.magic = magic_open(MAGIC_FLAGS);
	if (!library.magic || magic_load(library.magic, library.database) != 0)
		return false;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		ask_libmagic(slice_str(samples[i]), &questions);
	write_version();
	return true;
}

const char *
filetype_media_type(struct slice bytes)
{
	const struct slice head = slice_cut(bytes, 0, HEAD);
	const char *name;

	if (!library.magic || head.len == 0)
		return NULL;
	name = magic_buffer(library.magic, head.data, head.len);
	return name && strcmp(name, "application/octet-stream") != 0 ? name : NULL;
}

const char *
filetype_library_version(void)
{
	return library.version;
}

const char *
filetype_database_path(void)
{
	return library.database ? library.database : "";
}

const struct parser parser_filetype = { "filetype", warm, parse };
