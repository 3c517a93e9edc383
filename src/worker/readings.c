/*
 * readings.c - where two readers of the same message part ways.
 *
 * A field or parameter that stands twice is read by some from its first, by others from its last
 * place. What the converters of Exchange did is known for hardly any case: both readings are given.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "parser.h"
#include "worker/describe.h"

#define COUNT_WORK ((size_t)64 << 20) /* bytes searched for boundary lines, all together */
#define LEAVES_SHOWN 32u              /* of each reader */

struct readings {
	const struct message *msg;
	struct arena *arena;
	struct description *to;
	size_t work;
};

static struct row *
add(struct readings *readings, enum row_kind kind, int part, uint32_t code, struct slice place)
{
	struct row row = describe_row(readings->msg, kind, part, place);

	row.code = code;
	return description_add(readings->to, row);
}

static void
add_ambiguous(struct readings *readings, enum ambiguity ambiguity, int part, struct slice place,
    uint64_t count, const char *parameter)
{
	struct row *row = add(readings, ROW_AMBIGUOUS, part, ambiguity, place);

	if (!row)
		return;
	row->value = count;
	row->text[0] = description_text(readings->to, slice_str(parameter));
}

static void
add_reading(
    struct readings *readings, enum reader reader, int part, struct slice place, struct slice text)
{
	struct row *row = add(readings, ROW_READING, part, reader, place);

	if (row)
		row->text[0] = description_text(readings->to, text);
}

/* ---- boundaries ---- */

/* Lines of the body that begin with the delimiter of that boundary; *first is the first of them. */
static uint64_t
count_delimiters(
    struct readings *readings, struct slice body, struct slice boundary, struct slice *first)
{
	const size_t len = boundary.len + 2;
	unsigned char *delimiter;
	uint64_t count = 0;
	size_t pos = 0;

	if (boundary.len == 0 || body.len > COUNT_WORK - readings->work)
		return UINT64_MAX;
	readings->work += body.len;
	delimiter = arena_alloc(readings->arena, len, 1);
	delimiter[0] = delimiter[1] = '-';
	memcpy(delimiter + 2, boundary.data, boundary.len);
	while (pos + len <= body.len) {
		const unsigned char *found =
		    memmem(body.data + pos, body.len - pos, delimiter, len);
		size_t at;

		if (!found)
			break;
		at = (size_t)(found - body.data);
		if (at == 0 || body.data[at - 1] == '\n' || body.data[at - 1] == '\r') {
			if (count++ == 0)
				*first = slice_cut(body, at, len);
		}
		pos = at + 1;
	}
	return count;
}

static void
add_boundary(struct readings *readings, int part, struct slice boundary)
{
	struct slice first = { 0 };
	const uint64_t count =
	    count_delimiters(readings, readings->msg->parts[part].body, boundary, &first);
	struct row *row = add(readings, ROW_READING_BOUNDARY, part, 0, first);

	if (!row)
		return;
	row->value = count;
	row->text[0] = description_text(readings->to, boundary);
}

/* ---- fields that stand twice ---- */

/* The boundary that a Content-Type names. It is parsed once more on a copy of the model, whose
 * facts go nowhere. */
static void
add_boundary_of(struct readings *readings, int part, const struct field *field)
{
	struct message copy = *readings->msg;
	struct typed_value value = { .field = -1 };
	const struct param *param;

	copy.facts = NULL;
	copy.n_facts = copy.facts_room = 0;
	params_parse(&copy, readings->arena, part, (int)(field - copy.fields), true, &value);
	param = typed_value_param(&value, "boundary");
	if (param)
		add_boundary(readings, part, param->value);
}

static void
read_repeated(struct readings *readings, int part, enum field_id id, enum ambiguity ambiguity)
{
	const struct field *first = message_field(readings->msg, part, id, NULL);
	const struct field *last = first, *next = first;
	uint64_t count = 0;

	for (; next; next = message_field(readings->msg, part, id, next)) {
		last = next;
		count++;
	}
	if (count < 2)
		return;
	add_ambiguous(readings, ambiguity, part, first->whole, count, "");
	add_reading(readings, READER_FIRST, part, first->whole, first->text);
	if (id == FIELD_CONTENT_TYPE)
		add_boundary_of(readings, part, first);
	add_reading(readings, READER_LAST, part, last->whole, last->text);
	if (id == FIELD_CONTENT_TYPE)
		add_boundary_of(readings, part, last);
}

static void
read_parameter(
    struct readings *readings, int part, const struct typed_value *value, const char *name)
{
	const struct param *first = NULL, *last = NULL;
	const bool boundary = strcmp(name, "boundary") == 0;
	uint64_t count = 0;

	for (size_t i = 0; i < value->n_params; i++) {
		if (!slice_eq_nocase(value->params[i].name, name))
			continue;
		first = first ? first : &value->params[i];
		last = &value->params[i];
		count++;
	}
	if (count < 2)
		return;
	add_ambiguous(readings, AMBIGUOUS_PARAMETER, part, first->whole, count, name);
	add_reading(readings, READER_FIRST, part, first->whole, first->value);
	if (boundary)
		add_boundary(readings, part, first->value);
	add_reading(readings, READER_LAST, part, last->whole, last->value);
	if (boundary)
		add_boundary(readings, part, last->value);
}

/* ---- contradictions ---- */

static void
read_file_name(struct readings *readings, int part)
{
	const struct part *of = &readings->msg->parts[part];
	const struct param *filename = typed_value_param(&of->disposition, "filename");
	const struct param *name = typed_value_param(&of->type, "name");

	if (!filename || !name || slice_same(filename->value, name->value))
		return;
	add_ambiguous(readings, AMBIGUOUS_FILE_NAME, part, filename->whole, 2, "");
	add_reading(readings, READER_BY_DISPOSITION, part, filename->whole, filename->value);
	add_reading(readings, READER_BY_TYPE, part, name->whole, name->value);
}

static void
read_encoded(struct readings *readings)
{
	const struct message *msg = readings->msg;
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_MULTIPART_ENCODED, fact))) {
		const struct field *field;

		if (fact->field < 0 || (size_t)fact->field >= msg->n_fields || fact->part < 0)
			continue;
		field = &msg->fields[fact->field];
		add_ambiguous(readings, AMBIGUOUS_ENCODED, fact->part, field->whole, 2, "");
		add_reading(readings, READER_AS_IT_STANDS, fact->part, msg->parts[fact->part].body,
		    slice_of(NULL, 0));
		add_reading(readings, READER_DECODES, fact->part, field->whole, field->text);
	}
}

/* ---- the second reader ---- */

static void
add_our_leaf(struct readings *readings, int part)
{
	const struct part *leaf = &readings->msg->parts[part];
	struct row *row = add(readings, ROW_LEAF_OURS, part, 0, leaf->body);

	if (row)
		row->text[0] = description_text(readings->to, slice_str(leaf->path));
}

static void
add_gmime_leaf(struct readings *readings, const struct gmime_leaf *leaf)
{
	struct slice body = { 0 };

	if (leaf->begin != OFFSET_NONE && leaf->end >= leaf->begin &&
	    leaf->end <= readings->msg->file.len)
		body = slice_cut(
		    readings->msg->file, (size_t)leaf->begin, (size_t)(leaf->end - leaf->begin));
	add(readings, ROW_LEAF_GMIME, -1, 0, body);
}

static size_t
leaves_before(const struct message *msg, size_t part)
{
	size_t count = 0;

	for (size_t i = 0; i < part; i++)
		count += msg->parts[i].kind == PART_LEAF;
	return count;
}

static void
add_all_leaves(struct readings *readings)
{
	const struct message *msg = readings->msg;
	uint32_t shown = 0;

	for (size_t i = 0; i < msg->n_parts && shown < LEAVES_SHOWN; i++) {
		if (msg->parts[i].kind != PART_LEAF)
			continue;
		add_our_leaf(readings, (int)i);
		shown++;
	}
	for (size_t i = 0; i < msg->n_gmime_leaves && i < LEAVES_SHOWN; i++)
		add_gmime_leaf(readings, &msg->gmime_leaves[i]);
}

static void
add_moved_leaves(struct readings *readings)
{
	const struct message *msg = readings->msg;
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_GMIME_EXTENT, fact))) {
		const size_t number =
		    fact->part < 0 ? SIZE_MAX : leaves_before(msg, (size_t)fact->part);

		if (number >= msg->n_gmime_leaves)
			continue;
		add_our_leaf(readings, fact->part);
		add_gmime_leaf(readings, &msg->gmime_leaves[number]);
	}
}

static void
read_leaves(struct readings *readings)
{
	const struct message *msg = readings->msg;
	const bool counts = msg->facts_seen[FACT_GMIME_PARTS] > 0;
	struct row row = describe_row(msg, ROW_AMBIGUOUS, -1, slice_of(NULL, 0));

	if (!counts && msg->facts_seen[FACT_GMIME_EXTENT] == 0)
		return;
	row.code = AMBIGUOUS_LEAVES;
	row.value = leaves_before(msg, msg->n_parts);
	row.length = msg->n_gmime_leaves;
	description_add(readings->to, row);
	if (counts)
		add_all_leaves(readings);
	else
		add_moved_leaves(readings);
}

static void
add_side(struct readings *readings, enum reader reader, int part, struct slice text)
{
	add_reading(
	    readings, reader, part, slice_of(NULL, 0), text.data ? text : slice_str("(none)"));
}

static void
read_differences(struct readings *readings)
{
	static const char *const words[ASPECT_COUNT] = {
		[ASPECT_TYPE] = "type",
		[ASPECT_ENCODING] = "encoding",
		[ASPECT_FILE_NAME] = "file name",
		[ASPECT_BOUNDARY] = "boundary",
	};
	const struct message *msg = readings->msg;

	for (size_t i = 0; i < msg->n_gmime_differences; i++) {
		const struct gmime_difference *difference = &msg->gmime_differences[i];

		add_ambiguous(readings, AMBIGUOUS_ASPECT, difference->part,
		    msg->parts[difference->part].header, 2, words[difference->aspect]);
		add_side(readings, READER_IMCSCAN, difference->part, difference->ours);
		add_side(readings, READER_GMIME, difference->part, difference->theirs);
	}
}

/* The second reader first: the others may be many. */
void
describe_readings(const struct message *msg, struct arena *arena, struct description *to)
{
	struct readings readings = { .msg = msg, .arena = arena, .to = to };

	read_leaves(&readings);
	read_differences(&readings);
	read_encoded(&readings);
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		read_repeated(&readings, (int)i, FIELD_CONTENT_TYPE, AMBIGUOUS_TYPE);
		read_repeated(
		    &readings, (int)i, FIELD_CONTENT_TRANSFER_ENCODING, AMBIGUOUS_ENCODING);
		read_repeated(&readings, (int)i, FIELD_CONTENT_DISPOSITION, AMBIGUOUS_DISPOSITION);
		read_parameter(&readings, (int)i, &part->type, "boundary");
		read_parameter(&readings, (int)i, &part->type, "charset");
		read_parameter(&readings, (int)i, &part->type, "name");
		read_parameter(&readings, (int)i, &part->disposition, "filename");
		read_file_name(&readings, (int)i);
	}
}
