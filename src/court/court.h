/* court: the courts of the network: which court is above which, how it is named
 * in both languages, and the sign that it writes in its case numbers (代字,
 * 关于人民法院案件案号的若干规定 法〔2015〕137号). The sample network is in court.tbl; longer
 * lists are taken in by roster. */
#ifndef MC_COURT_H
#define MC_COURT_H
#include "../base/ctx.h"

#include <stddef.h>

/* The shelf of what belongs to no single court: persons, sessions, the directory. */
#define COURT_NATION "0"

enum court_level { COURT_SUPREME = 1, COURT_HIGH, COURT_INTERMEDIATE, COURT_BASIC, COURT_SPECIAL };

struct court {
	const char *code, *parent;      /* parent "" for the Supreme People's Court */
	enum court_level level;
	const char *sign, *zh, *en, *province, *calendar;
};

/* In Chinese where it has no English name. */
const char *court_name(const struct court *court, enum lang lang);

struct cursor;

enum mc_err court_load(struct ctx *ctx, const char *code, struct court *out);           /* MC_UNKNOWN */
enum mc_err court_by_sign(struct ctx *ctx, const char *sign, struct court *out);        /* MC_UNKNOWN */

/* A page of the courts directly below one ("" for the top), in the order of their codes; of a cursor only the id,
 * a code, counts. */
enum mc_err court_children(struct ctx *ctx, const char *parent, const struct cursor *from, int64_t limit, struct court **out,
			   size_t *count);

/* The court and those above it, the Supreme People's Court first; at most 8. */
enum mc_err court_path(struct ctx *ctx, const char *code, struct court **out, size_t *count);

/* Courts whose name in either language, sign or province contains the words; at
 * most limit, higher courts first, after, or back from, the one that from names (at the level, id the code). No words give none, nor do more than 64 letters. The cost is that of the
 * rarest two letters in the words, not of the number of courts. */
enum mc_err court_search(struct ctx *ctx, const char *words, const struct cursor *from, int64_t limit, struct court **out,
			 size_t *count);

/* Enters a court or corrects its row. court_put() opens a transaction; the other is only for inside
 * db_together(). */
enum mc_err court_put(struct ctx *ctx, const struct court *court);
enum mc_err court_enter(struct ctx *ctx, const struct court *court);

/* The row of court.tbl with this code or, if code is "", this Chinese name; NULL if there is none. */
const struct court *court_stated(const char *code, const char *zh);

/* Sees to it that every court can be searched for. Opens a transaction. */
enum mc_err court_ready(struct ctx *ctx);

/* Enters every court of court.tbl that is not there yet. Opens a transaction. */
enum mc_err court_settle(struct ctx *ctx);

#endif
