/* journal: a file that only grows, line by line, each line with the digest of the one before,
 * so that nothing in it can be changed, left out or moved unseen. A line is with the kernel
 * before journal_add() returns, and so outlives the program; journal_sync() makes it
 * outlive the machine. Lines:
 *
 *   NUMBER <tab> TEXT <tab> SHA-256 of (the digest of the line before, a newline, NUMBER <tab> TEXT)
 *
 * The first line, number 0, names the file that was the youngest when this one was begun and the
 * digest of its last line. */
#ifndef MC_JOURNAL_H
#define MC_JOURNAL_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

enum { JOURNAL_TEXT = 8000, JOURNAL_DIGEST = 65 };      /* bytes of one text; of a digest with its NUL */

struct journal;

/* How far a file had come: lines without the first, and the digest of the last. */
struct journal_mark {
	char name[32], head[JOURNAL_DIGEST];    /* name: of the file, without its folder */
	int64_t lines;
};

/* Begins a new file in the folder (made if absent), named by the time. It is closed with ctx->mem. MC_STORE. */
enum mc_err journal_begin(struct ctx *ctx, const char *folder, struct journal **out);

/* Goes on in a new file, which names the old one; MC_STORE leaves everything as it is. */
enum mc_err journal_turn(struct ctx *ctx, struct journal *journal);

/* Adds a line, from any thread; room for the next megabyte of them is kept on the disk, so that
 * they can be written while others have filled it. Tabs, line breaks and other controls in text become blanks; what is longer than
 * JOURNAL_TEXT is cut. False if it could not be written: half a line is taken back. */
bool journal_add(struct journal *journal, const char *text);

/* Makes all lines so far durable and says how far that is. Not at the same time as journal_turn(). */
bool journal_sync(struct journal *journal, struct journal_mark *out);

/* What is wrong with a line; 0 is the first of the file. */
struct journal_fault { int64_t line; const char *what; };

/* Walks a file and calls each, if not NULL, for every line's text. True if it is whole and has come at least as far
 * as mark, if one is given. *lines: how many it has, without the first. A last line that was cut off when the machine
 * died is not counted and is no fault in itself. */
bool journal_walk(const char *path, const struct journal_mark *mark, int64_t *lines, struct journal_fault *fault,
		  void (*each)(void *, int64_t line, const char *text), void *what);

/* For tests: the nth write from now on fails; 0 for none. Returns how many were still to go. */
int journal_fail_after(int n);

#endif
