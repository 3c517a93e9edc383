/*
 * say.h - messages to the person at the terminal: stderr, one line each.
 *
 * For src/cli. Bytes that are not ours go through say_about() and its `subject` only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SAY_H
#define IMC_SAY_H

/* "imcscan: " and our own words. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "imcscan: SUBJECT: " and our own words; the subject (a path, an argument) is made safe to
 * show. */
void say_about(const char *subject, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As say_about() and a hint where to read on; returns EXIT_TROUBLE. */
int say_usage(const char *command, const char *subject, const char *words);

/* Flush stdout; EXIT_TROUBLE and a message when something of it could not be written, else
 * `status`. A reader that went away (`| head`) is no trouble. */
int say_written(int status);

#endif
