/*
 * complete.h - for complete*.c: whether a file of a known format goes on to its end.
 *
 * Each function is given the whole file, whose first bytes are known to be those of the format.
 * True when it is cut short: *at is then the piece that is not whole, or the last byte where an end
 * mark is missing. False also when the file is so odd that nothing can be said. Linear, without
 * memory of its own; nothing is unpacked.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_COMPLETE_H
#define IMC_COMPLETE_H

#include "slice.h"

bool zip_is_cut(struct slice data, size_t *at);
bool pdf_is_cut(struct slice data, size_t *at);
bool ole_is_cut(struct slice data, size_t *at);
bool gzip_is_cut(struct slice data, size_t *at); /* deflate.c */
bool jpeg_is_cut(struct slice data, size_t *at);
bool png_is_cut(struct slice data, size_t *at);
bool gif_is_cut(struct slice data, size_t *at);
bool midi_is_cut(struct slice data, size_t *at);
bool riff_is_cut(struct slice data, size_t *at);
bool aiff_is_cut(struct slice data, size_t *at);

#endif
