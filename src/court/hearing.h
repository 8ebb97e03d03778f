/* hearing: the day and place are set, the hearing is opened in due form, the clerk takes
 * the record line by line, and those present confirm it or ask to correct it (民诉法 arts
 * 139 to 150; Online Litigation Rules arts 22, 33, 34). */
#ifndef MC_HEARING_H
#define MC_HEARING_H
#include "act.h"
#include "../base/cursor.h"

enum { HEARING_SHOWN = 50 };    /* what is shown of that which stands in the docket, entry by entry */

struct hearing { int number; int64_t at; const char *place, *state, *present; bool open; int record; };
struct hearing_line { int number; const char *speaker, *words; int64_t at; };
struct hearing_word { int hearing, party; const char *kind, *line, *words; int64_t at; };

/* Sittings of a case, newest first. */
enum mc_err hearing_list(struct ctx *ctx, const struct docket *docket, struct hearing **out, size_t *count);

/* A page of a record, in its order; of a cursor at (the number) counts. */
enum mc_err hearing_lines(struct ctx *ctx, const struct docket *docket, int hearing, const struct cursor *from, int64_t limit,
			  struct hearing_line **out, size_t *count);

/* Confirmations and corrections of a record, the newest HEARING_SHOWN first. */
enum mc_err hearing_words(struct ctx *ctx, const struct docket *docket, int hearing, struct hearing_word **out, size_t *count);

extern const struct act_special hearing_schedule, hearing_postpone, hearing_open, hearing_record, hearing_adjourn,
	hearing_close;

#endif
