/* traffic: how many requests came for each route, with which answers, and how long they
 * took. A request costs three relaxed additions. */
#ifndef MC_TRAFFIC_H
#define MC_TRAFFIC_H
#include "../base/text.h"

struct router;
struct traffic;

struct traffic *traffic_begin(struct arena *mem, const struct router *router);

/* place: of the route in the router (ask->place). */
void traffic_note(struct traffic *traffic, size_t place, int status, int64_t us);

/* Appends the two families of numbers, in the text format of Prometheus (0.0.4). */
void traffic_write(const struct traffic *traffic, struct text *out);

#endif
