/* gazette: the official lists that the program takes in as they stand, and where each goes.
 * A list is taken in whole or not at all; taken in again it changes nothing; every time is
 * on record. What a list rules is in force at once, in this program and, within seconds, in
 * every other that serves the same store. */
#ifndef MC_GAZETTE_H
#define MC_GAZETTE_H
#include "tally.h"
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

enum gazette { GAZETTE_COURTS, GAZETTE_CAUSES, GAZETTE_CHARGES, GAZETTE_TYPES, GAZETTE_DIVISIONS, GAZETTE_HOLIDAYS,
	       GAZETTE_RATES, GAZETTE_COUNT };

enum { GAZETTE_BYTES = 16 << 20 };      /* of the longest file */

const char *gazette_word(enum gazette list);                    /* "courts" */
const char *gazette_name(enum gazette list, enum lang lang);    /* "全国法院", "Courts" */
bool gazette_find(const char *word, enum gazette *out);

/* Takes a list in. source: the file's name for the record. MC_INVALID with a reason for each faulty line and
 * nothing changed; else *tally says what did. Opens a transaction. */
enum mc_err gazette_import(struct ctx *ctx, enum gazette list, const char *source, const char *bytes, size_t size,
			   struct tally *tally);

/* What follows from a list that was taken in: it is put in force, and limits that had to be counted without
 * knowing the rest days are counted again (settled, moved: as deadline_recount(), else 0). Opens transactions;
 * harmless to repeat. */
enum mc_err gazette_follow(struct ctx *ctx, enum gazette list, int64_t *settled, int64_t *moved);

/* Puts in force what the store holds, if it holds anything newer than what is. At start, and now and then. */
enum mc_err gazette_use(struct ctx *ctx);

/* When a list was last taken in and from where; 0 lines if never. */
struct gazette_record { const char *source, *digest; int64_t at, lines; };
enum mc_err gazette_last(struct ctx *ctx, enum gazette list, struct gazette_record *out);

#endif
