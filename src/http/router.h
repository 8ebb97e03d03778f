/* router: finds the page for a request, and turns away whoever may not ask for
 * it. A word in a path wins over a ":name" piece; "/cases/new" is never a case. */
#ifndef MC_ROUTER_H
#define MC_ROUTER_H
#include "route.h"

struct router;

/* From the tables of all pages, each ended by a zero row; the list ends with NULL. A table that
 * contradicts itself or another stops the program. */
struct router *router_begin(struct arena *mem, const struct route *(*const *tables)(void));

size_t router_count(const struct router *router);
const struct route *router_at(const struct router *router, size_t place);       /* NULL beyond the last */

/* The route, with ask->part and ask->place filled. NULL if the path leads nowhere (*allow is "") or only for other
 * methods (*allow is "GET, HEAD, POST"). HEAD is answered by GET, unless a route of its own
 * does. */
const struct route *router_find(const struct router *router, struct arena *mem, struct ask *ask, const char **allow);

/* MC_OK if this person may ask for this route. */
enum mc_err router_admit(struct ctx *ctx, const struct ask *ask, const struct route *route);

#endif
