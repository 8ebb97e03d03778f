/* page: what all pages do: the frame around them, and how an answer is shown. A handler is a straight
 * line: read ask, call the court, fill the model, show it. It never sees threads, sockets or bytes of
 * HTTP. */
#ifndef MC_PAGE_H
#define MC_PAGE_H
#include "../http/route.h"

struct view;
struct view_page;

/* Fills the frame around every page (title, tabs, language link, token, notice). A notice is
 * the words of the key "done.X" after a redirect to "...?done=X". */
void page_head(struct ctx *ctx, const struct ask *ask, const char *title, struct view_page *out);

/* What a browser would be led on to by a 303, as data for a program: view_led. */
void page_led(struct ctx *ctx, const struct ask *ask, struct reply *reply);

/* Answers with a model: as HTML through its view, or as JSON. A view without HTML is always JSON. */
enum mc_err page_show(struct ctx *ctx, const struct ask *ask, struct reply *reply,
		      const struct view *view, const void *model);

/* 303 to a path. */
enum mc_err page_go(struct ctx *ctx, struct reply *reply, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
