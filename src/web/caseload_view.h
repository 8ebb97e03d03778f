/* caseload_view: a list of cases as the people of a court see it: the filter chips with
 * their counts, the rows with their next limit, and the way to the next page. */
#ifndef MC_CASELOAD_VIEW_H
#define MC_CASELOAD_VIEW_H
#include "page.h"
#include "seat.h"
#include "view.h"
#include "../court/caseload.h"

/* One list with the word that names it in addresses ("new"); caseload.list_WORD are its words. */
struct caseload_view_list { enum caseload list; const char *word; };

/* Fills a list: the one that ?list= names, else the first. judge: whose cases, "" all of the court. */
enum mc_err caseload_view_fill(struct ctx *ctx, const struct ask *ask, const struct seat *seat, const char *judge,
			       const struct caseload_view_list *lists, size_t count, struct view_caseload_list *out);

#endif
