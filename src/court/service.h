/* service: service of process. The complaint is sent to the defendants and becomes visible
 * to them; service takes effect on arrival for those who agreed to electronic service, on
 * receipt for others, or as a clerk records it on paper (民诉法 arts 87 to 95, 128; Online
 * Litigation Rules arts 29 to 31). */
#ifndef MC_SERVICE_H
#define MC_SERVICE_H
#include "act.h"

/* A paper has been put into a party's inbox: performs ARRIVE if the party agreed to
 * electronic service. For jobs. */
enum mc_err service_deliver(struct ctx *ctx, const char *court, const char *docket, int served);

struct cursor;

/* What lies in a person's inbox, the latest first, at most most after, or back from, the one with the id of
 * from. */
struct service_letter { const char *id, *home, *docket, *title, *about; int paper; int64_t at, opened; };
enum mc_err service_inbox(struct ctx *ctx, const char *person, const struct cursor *from, size_t most,
			  struct service_letter **out, size_t *count);
int service_unread(struct ctx *ctx, const char *person);
/* Marks a letter as opened. Opens a transaction. */
enum mc_err service_opened(struct ctx *ctx, const char *person, const char *home, const char *docket, int paper);

extern const struct act_special service_serve, service_arrive, service_receive, service_record;

#endif
