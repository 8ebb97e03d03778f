/* stage: where a story is played: in this process, straight on the court floor, or over
 * HTTP against the program itself. The story does not know which. */
#ifndef STORY_STAGE_H
#define STORY_STAGE_H
#include "../../src/court/act.h"

#include <stdbool.h>

struct arena;
struct store;

struct outcome {
	int status;             /* 200 or 201 when done, else as RFC 9457 says */
	const char *key, *field;/* why not */
	const char *docket;     /* of a complaint over HTTP, where the program names the case */
};

struct stage_set {
	struct arena *mem;
	const char *directory;  /* of the store, new and empty */
	const char *database;   /* "" or a URL, fresh */
	const char *program;    /* NULL: in this process */
	bool faults;            /* what is done there is first tried with every call failing once */
	int port;
	struct store *store;
	struct ctx ctx;         /* a reader of the store, for looking */
};

/* Builds the sample network in the directory and, over HTTP, starts the program. */
bool stage_raise(struct stage_set *set);
void stage_strike(struct stage_set *set);
/* From now on it is this instant. */
void stage_clock(struct stage_set *set, int64_t at);
/* Person by sign-in name. */
const char *stage_person(struct stage_set *set, const char *account);
/* Somebody does an act; waits for what follows from it. */
struct outcome stage_act(struct stage_set *set, const char *account, const char *court, const char *docket,
			 enum act act, struct form *form);
/* Somebody uploads a PDF of these words piece by piece; the value of a form's field for it, NULL if it does not arrive. */
const char *stage_upload(struct stage_set *set, const char *account, const char *words);
/* Sends the last act again as a program does that has not heard the answer; true if it is answered
 * as it was. In this process nothing can get lost on the way. */
bool stage_again(struct stage_set *set);
/* The plaintiff pays what is due, and the payment service calls back. */
struct outcome stage_pay(struct stage_set *set, const char *account, const char *court, const char *docket, int64_t fen);
/* Whether somebody can see the case. */
struct outcome stage_see(struct stage_set *set, const char *account, const char *court, const char *docket);
/* A clerk of whatever court verifies somebody who has registered. */
struct outcome stage_verify(struct stage_set *set, const char *clerk, const char *account);

#endif
