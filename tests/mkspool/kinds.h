/* kinds.h - clean message kinds that other tables build upon. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_KINDS_H
#define MKSPOOL_KINDS_H

#include "recipe.h"

#define MIME_NOTE "This is a multi-part message in MIME format.\r\n\r\n"

/* All take the scene, a variant (mostly unused) and an item prepared by item_begin. */
void kind_plain(struct scene *s, unsigned variant, struct item *item);

void kind_alternative(struct scene *s, unsigned variant, struct item *item);

void kind_attached(struct scene *s, unsigned variant, struct item *item);

void kind_tnef(struct scene *s, unsigned variant, struct item *item);

void kind_ndr(struct scene *s, unsigned variant, struct item *item);

void kind_dsn(struct scene *s, unsigned variant, struct item *item);

void kind_receipt(struct scene *s, unsigned variant, struct item *item);

void kind_list(struct scene *s, unsigned variant, struct item *item);

void kind_digest(struct scene *s, unsigned variant, struct item *item);

/* A part of a digest, with or without its Content-Type line. */
struct entity digest_part(struct scene *s, const struct entity *inner, bool say_type);

/* One attached file of a usual kind and size. */
struct entity kind_file(struct scene *s);

#endif
