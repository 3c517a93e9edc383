/* files.c - parts that are packed: TNEF, BinHex and uuencode, unpacked into ordinary parts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/encode.h"
#include "salvage/plan.h"
#include "salvage/text.h"

#define SIGNATURE "\x78\x9f\x3e\x22" /* of TNEF */
#define UNPACK_FACTOR 8u             /* more than that times its size is no file but a bomb */
#define UNPACK_CONSTANT (64u << 10)

/* What is packed, where it stands, and where its files go. */
struct packed {
	int part, into;
	struct slice bytes;
	uint32_t flags;
};

static uint64_t
budget_for(const struct plan *plan, struct slice packed)
{
	const uint64_t most = (uint64_t)packed.len * UNPACK_FACTOR + UNPACK_CONSTANT;

	return most < plan->budget ? most : plan->budget;
}

static struct slice
name_of(struct plan *plan, const struct unpacked *file)
{
	struct unpacked_text text = { .known = false };

	if (file->charset.len > 0)
		text = unpack_text(plan->arena, file->charset, file->name);
	if (!text.known)
		text.utf8 = unpack_header_words(plan->arena, file->name);
	return text_file_name(plan->arena, text.utf8);
}

static void
place(const struct plan *plan, const struct packed *packed, const struct unpacked *file,
    struct leaf *leaf)
{
	leaf->offset = plan_place(
	    plan, packed->part, slice_cut(packed->bytes, file->at, file->len), &leaf->length);
}

static void
take_file(struct plan *plan, const struct packed *packed, const struct unpacked *file)
{
	struct leaf leaf = { .content = SALVAGE_FILE,
		.flags = packed->flags | SALVAGE_UNPACKED | (file->whole ? 0 : SALVAGE_DAMAGED),
		.bytes = file->bytes,
		.source = file->bytes,
		.attached = true };

	place(plan, packed, file, &leaf);
	if (file->kind == UNPACKED_RTF)
		leaf.name = slice_str("message.rtf");
	else if (file->kind == UNPACKED_HTML)
		leaf.name = slice_str("message.html");
	else if (file->kind == UNPACKED_RESOURCE)
		leaf.name = slice_str("resource-fork.dat");
	else
		leaf.name = name_of(plan, file);
	if (file->kind == UNPACKED_RTF)
		leaf.type = slice_str("application/rtf");
	(void)plan_leaf(plan, packed->into, leaf);
}

static void
take(struct plan *plan, const struct packed *packed, const struct unpacked *file)
{
	struct leaf leaf;
	struct source source = { .into = packed->into,
		.bytes = file->bytes,
		.charset = file->charset,
		.flags = SALVAGE_UNPACKED };

	if (file->kind != UNPACKED_TEXT) {
		take_file(plan, packed, file);
		return;
	}
	place(plan, packed, file, &leaf);
	source.offset = leaf.offset;
	source.length = leaf.length;
	plan_text(plan, &source);
}

/* ---- TNEF ---- */

static bool
is_tnef(const struct part *part)
{
	return slice_starts(part->decoded, SIGNATURE) || part_is(part, "application", "ms-tnef") ||
	       part_is(part, "application", "vnd.ms-tnef") ||
	       slice_eq_nocase(slice_trim(part->file_name), "winmail.dat");
}

/* A stream that is not sound goes along as it stands, too. */
static void
take_stream(struct plan *plan, struct packed packed)
{
	const struct part *part = &plan->msg->parts[packed.part];
	struct unpacking unpacking = unpacking_start(plan->arena, budget_for(plan, packed.bytes));
	uint64_t length;
	const uint64_t offset = plan_place(plan, packed.part, packed.bytes, &length);

	unpack_tnef(&unpacking, packed.bytes);
	packed.into = plan_mixed(plan, packed.into);
	for (size_t i = 0; i < unpacking.n_files; i++)
		take(plan, &packed, &unpacking.files[i]);
	if (unpacking.n_properties > 0)
		plan_lost(plan, SALVAGE_LOST_PROPERTY, message_offset(plan->msg, part->body),
		    part->body.len);
	if (!unpacking.whole)
		plan_stretch(plan, packed.into, packed.bytes, offset, length);
}

bool
plan_tnef(struct plan *plan, int into, int index)
{
	const struct part *part = &plan->msg->parts[index];

	if (!is_tnef(part) || part->decoded.len == 0)
		return false;
	take_stream(plan, (struct packed){ .part = index, .into = into, .bytes = part->decoded });
	return true;
}

/* ---- files in text ---- */

static bool
is_binhex(const struct part *part)
{
	return part->encoding == ENCODING_BINHEX || part_is(part, "application", "mac-binhex40") ||
	       part_is(part, "application", "mac-binhex");
}

static bool
is_uuencode(const struct part *part)
{
	return part->encoding == ENCODING_UUENCODE || part_is(part, "application", "x-uuencode");
}

/* Text between the files of a part: as text, unless it is the dress of a labelled one. */
static void
take_gap(struct plan *plan, const struct packed *packed, size_t from, size_t to)
{
	const struct part *part = &plan->msg->parts[packed->part];
	const struct slice gap = slice_cut(packed->bytes, from, to - from);
	struct source source = { .into = packed->into, .bytes = gap, .charset = part->charset };

	if (text_is_blank(gap))
		return;
	source.offset = plan_place(plan, packed->part, gap, &source.length);
	plan_text(plan, &source);
}

static void
take_files(struct plan *plan, const struct packed *packed, const struct unpacking *unpacking)
{
	size_t at = 0;

	for (size_t i = 0; i < unpacking->n_files; i++) {
		const struct unpacked *file = &unpacking->files[i];
		struct leaf block;

		if (file->at > at)
			take_gap(plan, packed, at, file->at);
		if (file->bytes.len == 0 && !file->whole)
			;
		else if (slice_eq_nocase(file->name, "winmail.dat") &&
			 slice_starts(file->bytes, SIGNATURE))
			take_stream(plan,
			    (struct packed){
				.part = packed->part, .into = packed->into, .bytes = file->bytes });
		else
			take(plan, packed, file);
		if (!file->whole && file->kind != UNPACKED_RESOURCE) {
			place(plan, packed, file, &block);
			plan_stretch(plan, packed->into,
			    slice_cut(packed->bytes, file->at, file->len), block.offset,
			    block.length);
		}
		at = file->at + file->len > at ? file->at + file->len : at;
	}
	take_gap(plan, packed, at, packed->bytes.len);
}

bool
plan_packed(struct plan *plan, int into, int index)
{
	const struct part *part = &plan->msg->parts[index];
	const bool binhex = is_binhex(part), uuencode = is_uuencode(part);
	struct packed packed = { .part = index, .into = into, .bytes = part->decoded };
	struct unpacking unpacking;

	if (!binhex && !uuencode && !part_is(part, "text", NULL))
		return false;
	/* The parser has put the first block in the place of what is encoded so as a whole. */
	if (part->encoding == ENCODING_UUENCODE)
		packed.bytes = part->body;
	unpacking = unpacking_start(plan->arena, budget_for(plan, packed.bytes));
	if (!binhex)
		unpack_uuencode(&unpacking, packed.bytes, uuencode);
	if (unpacking.n_files == 0 && !uuencode && unpacking.whole)
		unpack_binhex(&unpacking, packed.bytes, binhex);
	if (unpacking.n_files == 0 && !binhex && part->encoding != ENCODING_UUENCODE)
		return false;
	packed.into = plan_mixed(plan, into);
	if (unpacking.n_files == 0 || (!unpacking.whole && binhex)) {
		uint64_t length;
		const uint64_t offset = plan_place(plan, index, packed.bytes, &length);

		plan_stretch(plan, packed.into, packed.bytes, offset, length);
	}
	if (unpacking.n_files > 0)
		take_files(plan, &packed, &unpacking);
	return true;
}
