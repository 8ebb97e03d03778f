/* office: who holds which office in which court: filing clerk, court clerk, judge's
 * assistant, judge, president, mediator, administrator. Offices are given and
 * ended by an administrator of the same court; every change keeps who made it
 * and when, and an ended office stays on record. */
#ifndef MC_OFFICE_H
#define MC_OFFICE_H
#include "../base/cursor.h"

#include <stdbool.h>
#include <stddef.h>

enum office {
	OFFICE_FILING    = 1 << 0,      /* 立案庭书记员 */
	OFFICE_CLERK     = 1 << 1,      /* 书记员 */
	OFFICE_ASSISTANT = 1 << 2,      /* 法官助理 */
	OFFICE_JUDGE     = 1 << 3,      /* 审判员 */
	OFFICE_PRESIDENT = 1 << 4,      /* 院长 */
	OFFICE_MEDIATOR  = 1 << 5,      /* 调解员 */
	OFFICE_ADMIN     = 1 << 6,      /* 管理员 */
};
enum { OFFICE_COUNT = 7, OFFICE_SEATS = 64 };      /* courts at which one person may work */

struct office_row {
	const char *court, *id, *person, *name; /* name: the person's */
	enum office office;
	int64_t since, ended;                   /* ended 0 while it lasts */
	const char *by, *ended_by;              /* names; "" if the program did it */
};

struct office_seat { const char *court; unsigned mask; };

const char *office_key(enum office office);             /* language key: "office.judge" */
enum office office_of_key(const char *word);            /* "judge" -> OFFICE_JUDGE; 0 if none */

/* The offices that a person may use in a court, as bits; 0 if none, while the person is
 * suspended, if the one who asks left them out (ctx->lay), or if the database fails. */
unsigned office_of(struct ctx *ctx, const char *court, const char *person);

/* Those that the person holds there, used or not: for rules that bar who holds one. */
unsigned office_held(struct ctx *ctx, const char *court, const char *person);

/* The same in all courts together; and court by court, suspended or not. */
unsigned office_anywhere(struct ctx *ctx, const char *person);
enum mc_err office_of_person(struct ctx *ctx, const char *person, struct office_seat **out, size_t *count);

/* Whether the one who asks may decide over this person's account: nobody's office is touched by
 * it, or the one who asks is administrator of every court where there is one. */
bool office_above(struct ctx *ctx, const char *person);

/* Who holds this office in this court now, by time of appointment. */
enum mc_err office_list(struct ctx *ctx, const char *court, enum office office,
			struct office_row **out, size_t *count);

/* A page of all offices of a court: those that last by time of appointment, then the others in the order
 * in which they ended; of a cursor at (ended) and id count. */
enum mc_err office_all(struct ctx *ctx, const char *court, const struct cursor *from, int64_t limit,
		       struct office_row **out, size_t *count);

/* Gives an office; the one who asks must be administrator of that court. MC_CONFLICT if it is held
 * already, or "office.many" for somebody who works at OFFICE_SEATS courts; MC_UNKNOWN if there is no such
 * verified person. */
enum mc_err office_appoint(struct ctx *ctx, const char *court, const char *person, enum office office);

/* Ends an office. An administrator cannot end the own office of administrator, so that
 * a court is never left without one. */
enum mc_err office_end(struct ctx *ctx, const char *court, const char *id);

/* Gives an office without asking who gives it: for setting up a network. In a transaction only. */
enum mc_err office_found(struct ctx *ctx, const char *court, const char *person, enum office office);

#endif
