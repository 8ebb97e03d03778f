/* played: a story over HTTP: the program is started on a free port of the loopback with a
 * store and a clock of its own, people sign in as they would, and acts go to the addresses
 * that browsers and machines use. */
#ifndef STORY_PLAYED_H
#define STORY_PLAYED_H
#include "sent.h"

bool played_start(struct stage_set *set);
void played_stop(struct stage_set *set);
void played_clock(struct stage_set *set, int64_t at);
struct outcome played_act(struct stage_set *set, const char *account, const char *court, const char *docket,
			  enum act act, const struct form *form);
/* Sends the last act again, with the key it had: true if the answer is the same. */
bool played_again(struct stage_set *set);
struct outcome played_pay(struct stage_set *set, const char *account, const char *court, const char *docket, int64_t fen);
struct outcome played_see(struct stage_set *set, const char *account, const char *court, const char *docket);
struct sent_answer played_sent(struct stage_set *set, const char *account, const struct sent_call *call);
struct outcome played_verify(struct stage_set *set, const char *clerk, const char *person);

#endif
