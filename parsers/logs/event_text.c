/*
 * event_text.c - what the words and data of an event say: file, sender, subject, codes.
 *
 * An export has the whole sentence, an .evt only what was put into it, so both are read: the
 * insertion strings by their form, the sentence by the words around.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include "cursor.h"

/* The words that stand before a spool name in the texts of 4115, 4117, 4182, 12006, 2001, 4192. */
static const char *const announce[] = { "spool file ", "archive filename is ", "temporary file ",
	"processing file ", "that caused this was ", "The file ", NULL };

static void
set_name(struct evidence_item *item, struct slice name, uint32_t flags)
{
	if (!item->spool.len)
		item->flags |= flags;
	if (!item->spool.len)
		item->spool = evidence_text(item, name);
}

static void
set_path(struct evidence_item *item, struct slice path)
{
	struct slice name = name_of_path(path);

	if (item->spool.len || !name.len || name.len == path.len)
		return;
	set_name(item, name, name_is_spool(name) ? 0 : EVIDENCE_WEAK);
	item->path = evidence_text(item, path);
}

/* The name of a file as data holds it behind two codes (4120, 4131): ASCII up to a NUL, or wide. */
static void
name_from_data(struct evidence_item *item, struct slice data)
{
	for (size_t from = 0; from + 8 <= data.len; from++) {
		struct slice name = slice_cut(data, from, 8);
		const bool begins = from == 0 || !byte_is_alpha(data.data[from - 1]);
		const bool ends = from + 8 == data.len || data.data[from + 8] == '\0';

		if (begins && ends && name_is_spool(name)) {
			set_name(item, name, EVIDENCE_BINARY);
			return;
		}
	}
	for (size_t from = 0; from + 16 <= data.len; from++) {
		unsigned char name[8];

		if (text_narrow(slice_cut(data, from, 16), name, sizeof name) == sizeof name &&
		    name_is_spool(slice_of(name, sizeof name))) {
			set_name(item, slice_of(name, sizeof name), EVIDENCE_BINARY);
			return;
		}
	}
}

/* A word behind one of the announcing phrases: a name, a path, or a pickup file's name. */
static void
name_from_text(struct evidence_item *item, struct slice text)
{
	for (size_t i = 0; announce[i] && !item->spool.len; i++) {
		struct slice rest = text_after(text, announce[i], "");
		struct slice word;

		if (!rest.len)
			continue;
		word = name_path_around(rest, rest.data[0] == '\'' || rest.data[0] == '"');
		if (name_of_path(word).len != word.len)
			set_path(item, word);
		else if (name_is_spool(word) || text_has(rest, "Pickup directory"))
			set_name(item, word, 0);
		else if (i == 0 && word.len && word.len <= 64)
			set_name(item, word, EVIDENCE_WEAK);
	}
}

void
event_names_file(struct evidence_item *item, const struct log_event *event)
{
	for (size_t i = 0; i < event->n_strings && !item->spool.len; i++) {
		struct slice string = slice_trim(event->strings[i]);

		if (name_is_spool(string))
			set_name(item, string, 0);
		else if (text_has(string, "\\imcdata\\"))
			set_path(item, name_imcdata_path(string));
	}
	name_from_text(item, event->text);
	if (!item->spool.len)
		set_path(item, name_imcdata_path(event->text));
	if (!item->spool.len)
		name_from_data(item, event->data);
	if (!item->spool.len) {
		struct slice name = name_alone(event->text, 0);

		if (name.len)
			set_name(item, name, EVIDENCE_WEAK);
	}
}

/* Between quotes, angle brackets or blanks: what a phrase announces. */
static struct slice
announced(struct slice text, const char *before)
{
	struct slice rest = slice_trim(text_after(text, before, "\r\n"));
	unsigned char first = rest.len ? rest.data[0] : 0;

	if (first == '<')
		return text_after(rest, "<", ">");
	if (first == '\'' || first == '"') {
		/* A subject may hold quotes: the one before the rest of the sentence ends it. */
		size_t end = slice_find_str(rest, 1, first == '\'' ? "' from" : "\" from");

		if (end == SLICE_NONE)
			end = slice_find_str(rest, 1, first == '\'' ? "'." : "\".");
		if (end == SLICE_NONE)
			end = slice_find(rest, 1, first);
		return slice_cut(rest, 1, end == SLICE_NONE ? SLICE_NONE : end - 1);
	}
	return slice_starts(rest, "[") ? slice_cut(rest, 0, 0) : rest;
}

static struct slice
first_word(struct slice s)
{
	size_t len = 0;

	while (len < s.len && !byte_is_space(s.data[len]))
		len++;
	return slice_cut(s, 0, len);
}

/* A store event writes the Message-ID behind "message", the connector behind "Deliver of message". */
static void
message_id_from_text(struct evidence_item *item, struct slice text)
{
	struct slice rest = text_after(text, "message <", "");
	size_t end = slice_find(rest, 0, '>');

	if (end == SLICE_NONE || item->message_id.len)
		return;
	rest = slice_cut(rest, 0, end);
	if (slice_find(rest, 0, '@') == SLICE_NONE)
		return;
	/* With its brackets, as the header has it. */
	item->message_id = evidence_text(item, slice_of(rest.data - 1, rest.len + 2));
}

/* Strings of an .evt by their form; texts have words around the same. */
static void
message_from_strings(struct evidence_item *item, const struct log_event *event)
{
	const bool store = item->kind == EVIDENCE_EVENT_MESSAGE;

	for (size_t i = 0; i < event->n_strings; i++) {
		struct slice s = slice_trim(event->strings[i]);
		const bool at = slice_find(s, 0, '@') != SLICE_NONE;
		const bool angles = slice_starts(s, "<") && slice_ends(s, ">");

		if (at && angles && store && !item->message_id.len)
			item->message_id = evidence_text(item, s);
		else if (at && !item->sender.len)
			item->sender = evidence_text(item, text_address(s));
		else if (store && !at && s.len && !item->subject.len && !name_is_spool(s) &&
			 !text_has(s, "\\") && byte_hex(s.data[0]) < 0)
			item->subject = evidence_text(item, s);
	}
}

void
event_names_message(struct evidence_item *item, const struct log_event *event)
{
	struct slice subject, sender;

	if (event->n_strings && !text_has(event->text, " message")) {
		message_from_strings(item, event);
		return;
	}
	message_id_from_text(item, event->text);
	sender = announced(event->text, "originator was ");
	if (!sender.len)
		sender = announced(event->text, " from ");
	if (!sender.len)
		sender = first_word(announced(event->text, "From:"));
	subject = announced(event->text, "subject ");
	if (!subject.len)
		subject = announced(event->text, "Subject:");
	if (!item->sender.len && slice_find(sender, 0, '@') != SLICE_NONE)
		item->sender = evidence_text(item, slice_trim(sender));
	if (!item->subject.len)
		item->subject = evidence_text(item, slice_trim(subject));
	if (event->id == 10000)
		item->recipient =
		    evidence_text(item, text_address(announced(event->text, "not unique: ")));
}

/* Data: a place in the program, then a HRESULT or Win32 error, each of 32 bits. */
static uint32_t
code_from_data(struct slice data)
{
	struct cursor cursor = cursor_at(data, 4);

	return cursor_u32le(&cursor);
}

/* Eight hexadecimal digits and nothing else, with or without 0x. */
static bool
is_word32(struct slice s, uint32_t *out)
{
	s = slice_trim(s);
	if (slice_starts_nocase(s, "0x"))
		s = slice_from(s, 2);
	for (size_t i = 0; i < s.len; i++)
		if (byte_hex(s.data[i]) < 0)
			return false;
	return s.len == 8 && text_hex(s, out);
}

void
event_codes(struct evidence_item *item, const struct log_event *event)
{
	uint32_t code = 0, address = 0;

	if (!text_code(event->text, "Code:", &code) &&
	    !text_hex(slice_trim(text_after(event->text, "exception generated was", "")), &code) &&
	    !text_code(event->text, "error ", &code) && !text_code(event->text, "", &code))
		code = code_from_data(event->data);
	if (!text_code(event->text, "Address:", &address))
		(void)text_hex(slice_trim(text_after(event->text, "at address", "")), &address);
	for (size_t i = 0; i < event->n_strings && item->kind == EVIDENCE_CRASH; i++) {
		uint32_t value;

		if (!is_word32(event->strings[i], &value))
			continue;
		if (value >= 0x80000000u)
			code = value;
		else if (!address)
			address = value;
	}
	item->code = code;
	item->address = address;
}
