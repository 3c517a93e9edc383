/* demo.c - the demo tree: about 80 files, eight of them bad in documented ways. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "tree.h"

struct demo_row {
	const char *name;
	unsigned variant;
	enum folder folder;
};

/* What ranks first when the tool is right; the last two are damage. */
static const struct demo_row bad_triggers[] = {
	{ "charset-empty", 2, FOLDER_IN },
	{ "base64-corrupt", 2, FOLDER_IN },
	{ "address-comment-comma", 1, FOLDER_IN },
	{ "imcea-damaged", 2, FOLDER_IN },
	{ "nested-deep", 10, FOLDER_IN_TEMP },
	{ "subject-percent-s", 1, FOLDER_OUT },
};
static const struct demo_row bad_damage[] = { { "nul-tail", 5, FOLDER_IN },
	{ "envelope-torn", 1, FOLDER_IN } };

static const struct demo_row harmless[] = {
	{ "folded-message-id", 1, FOLDER_IN },
	{ "long-lines", 1, FOLDER_IN },
	{ "raw-8bit-subject", 1, FOLDER_IN },
	{ "final-boundary-missing", 1, FOLDER_IN },
	{ "boundary-with-blanks", 1, FOLDER_IN_TEMP },
	{ "date-two-digits", 1, FOLDER_IN },
	{ "mbox-line", 1, FOLDER_IN },
	{ "charset-unknown", 2, FOLDER_IN },
	{ "uu-blanks-stripped", 1, FOLDER_IN_TEMP },
	{ "many-received", 1, FOLDER_IN },
	{ "internet-headers-line", 1, FOLDER_IN },
	{ "foreign-name", 5, FOLDER_IN },
	{ "to-nobody", 1, FOLDER_IN_ARCHIVE },
};

static const struct demo_row clean[] = {
	{ "plain", 7, FOLDER_IN },
	{ "alternative", 5, FOLDER_IN },
	{ "attached", 3, FOLDER_IN },
	{ "tnef", 1, FOLDER_IN },
	{ "uuencode", 1, FOLDER_IN },
	{ "binhex", 1, FOLDER_IN },
	{ "ndr", 1, FOLDER_IN },
	{ "dsn", 2, FOLDER_IN },
	{ "list", 2, FOLDER_IN },
	{ "digest", 1, FOLDER_IN },
	{ "foreign", 3, FOLDER_IN },
	{ "forward", 1, FOLDER_IN },
	{ "signed", 1, FOLDER_IN },
	{ "plain", 3, FOLDER_IN_TEMP },
	{ "attached", 1, FOLDER_IN_TEMP },
	{ "plain", 2, FOLDER_IN_ARCHIVE },
	{ "alternative", 1, FOLDER_IN_ARCHIVE },
	{ "plain", 4, FOLDER_OUT },
	{ "alternative", 2, FOLDER_OUT },
	{ "attached", 2, FOLDER_OUT },
	{ "tnef", 2, FOLDER_OUT },
	{ "ndr", 2, FOLDER_OUT },
	{ "receipt", 1, FOLDER_OUT },
	{ "forward", 1, FOLDER_OUT },
	{ "plain", 2, FOLDER_OUT_TEMP },
	{ "tnef", 1, FOLDER_OUT_TEMP },
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static enum way
way_of(enum folder folder)
{
	return folder == FOLDER_OUT || folder == FOLDER_OUT_TEMP || folder == FOLDER_OUT_ARCHIVE
		   ? WAY_OUT
		   : WAY_IN;
}

static void
demo_bad(struct tree *tree)
{
	for (size_t i = 0; i < COUNT(bad_triggers); i++) {
		const struct demo_row *row = &bad_triggers[i];

		tree_recipe(tree, trigger_named(row->name), "trigger", row->variant, row->variant,
		    way_of(row->folder), row->folder);
	}
	for (size_t i = 0; i < COUNT(bad_damage); i++)
		tree_damage(tree, damage_named(bad_damage[i].name), bad_damage[i].variant, WAY_IN,
		    bad_damage[i].folder);
}

static void
demo_harmless(struct tree *tree)
{
	struct recipe_list odd = odd_list();

	for (size_t i = 0; i < COUNT(harmless); i++)
		for (unsigned j = 0; j < odd.n; j++)
			if (!strcmp(odd.rows[j].name, harmless[i].name))
				tree_recipe(tree, &odd.rows[j], "odd", harmless[i].variant, i,
				    WAY_IN, harmless[i].folder);
}

/* For clean rows the second number counts messages. */
static void
demo_clean(struct tree *tree)
{
	unsigned serial = 0;

	for (size_t i = 0; i < COUNT(clean); i++)
		for (unsigned n = 0; n < clean[i].variant; n++)
			tree_recipe(tree, clean_named(clean[i].name), "clean", 1, serial++,
			    way_of(clean[i].folder), clean[i].folder);
}

/* Work holds what was being received: two files just made, two half written, one whole. */
static void
demo_work(struct tree *tree)
{
	static const char *const names[] = { "work-empty", "work-partial", "work-empty",
		"work-partial", "work-whole" };

	for (unsigned i = 0; i < COUNT(names); i++) {
		struct scene s = tree_scene(tree, "work", i, WAY_IN);
		struct item item = { .mail_from = NULL };
		struct truth truth = { "odd", names[i], 1, "-" };
		size_t text_at;

		s.when = SITE_CRASH - (time_t)i;
		item_begin(&s, &item);
		clean_named(i % 2 ? "alternative" : "plain")->make(&s, 1, &item);
		struct buf *file = spool_file(&s, &item, &tree->look, &text_at);
		if (i % 2)
			file->len = text_at + (file->len - text_at) * (i + 1) / 6;
		else if (i < 4)
			file->len = 0;
		tree_write(tree, &s, FOLDER_WORK, s.spool_name, file, &truth);
		pool_clear(&s.pool);
	}
}

/* Drop-in submissions: no envelope but two lines, and a name of the submitter's choice. */
static void
demo_pickup(struct tree *tree)
{
	static const char *const names[] = { "order-0412.txt", "fax00017.msg" };

	for (unsigned i = 0; i < COUNT(names); i++) {
		struct scene s = tree_scene(tree, "pickup", i, WAY_IN);
		struct item item = { .bare = true };
		struct truth truth = { "clean", "pickup", 1, "-" };
		size_t text_at;

		item_begin(&s, &item);
		item.letter.no_received = true;
		item.letter.hops = NULL;
		item.letter.first = pool_fmt(&s.pool, "x-sender: %s\r\nx-receiver: %s\r\n",
		    item.letter.from.address, item.letter.to[0].address);
		clean_named("plain")->make(&s, 1, &item);
		tree_write(tree, &s, FOLDER_PICKUP, names[i],
		    spool_file(&s, &item, &tree->look, &text_at), &truth);
		pool_clear(&s.pool);
	}
}

static void
demo_protocol_log(struct tree *tree)
{
	struct scene s = tree_scene(tree, "log", 0, WAY_IN);
	struct person from = person_outside(&s), to = person_inside(&s);
	struct buf *log = pool_buf(&s.pool), *routes = pool_buf(&s.pool);

	s.when = SITE_CRASH;
	buf_fmt(log,
	    "3/5/01 2:07:50 PM : A connection was accepted from %s.\r\n"
	    "3/5/01 2:07:50 PM : <<< HELO %s\r\n"
	    "3/5/01 2:07:50 PM : >>> 250 OK\r\n3/5/01 2:07:50 PM : <<< MAIL FROM:<%s>\r\n"
	    "3/5/01 2:07:50 PM : >>> 250 OK - mail from <%s>\r\n",
	    from.host, from.host, from.address, from.address);
	buf_fmt(log,
	    "3/5/01 2:07:51 PM : <<< RCPT TO:<%s>\r\n"
	    "3/5/01 2:07:51 PM : >>> 250 OK - Recipient <%s>\r\n"
	    "3/5/01 2:07:51 PM : <<< DATA\r\n"
	    "3/5/01 2:07:51 PM : >>> 354 Send data.  End with CRLF.CRLF\r\n",
	    to.address, to.address);
	buf_str(routes,
	    "Routing table of " SITE_SERVER "\r\n\r\n* -> DNS\r\n" SITE_DOMAIN " -> <inbound>\r\n");
	tree_write(tree, &s, FOLDER_LOG, "L0000007.LOG", log, NULL);
	tree_write(tree, &s, FOLDER_LOG, "ROUTE.TXT", routes, NULL);
	pool_clear(&s.pool);
}

/* The layout of queue.dat is not published; attested is only that spool names stand in it. */
static void
demo_queue(struct tree *tree)
{
	struct scene s = tree_scene(tree, "queue", 0, WAY_IN);
	struct buf *heap = pool_buf(&s.pool);
	char name[9];

	s.when = SITE_CRASH;
	buf_fill(heap, 0, 65536);
	for (unsigned i = 0; i < 24; i++) {
		spool_name(tree->seed, 0, i % 2 ? WAY_OUT : WAY_IN, i, name);
		memcpy(heap->data + 1024 + i * 160, name, sizeof name);
	}
	tree_write(tree, &s, FOLDER_ROOT, "queue.old", heap, NULL);
	pool_clear(&s.pool);
}

void
tree_demo(struct tree *tree)
{
	tree->seed = 1997;
	tree->big_max = 48 * 1024;
	tree->look = (struct look){ .in_terminator = false };
	demo_bad(tree);
	demo_harmless(tree);
	demo_clean(tree);
	demo_work(tree);
	demo_pickup(tree);
	demo_protocol_log(tree);
	demo_queue(tree);
}
